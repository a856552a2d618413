// Stands before OpenCV's own file of this name when the binding is built: it then compiles in only the modules that Linegate uses.
#define HAVE_OPENCV_CORE
#define HAVE_OPENCV_IMGCODECS
#define HAVE_OPENCV_IMGPROC
#define HAVE_OPENCV_VIDEOIO
// The binding asks for highgui before it offers files and cameras; it gets them without windows (highgui.hpp beside).
#define HAVE_IO
