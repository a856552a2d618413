// An appliance opens no OpenCV windows: this stands in for highgui, so that no GUI toolkit is built against or loaded.
#pragma once
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>

namespace cv {
[[noreturn]] inline void noWindows() { CV_Error(Error::StsNotImplemented, "built without windows"); }
inline void imshow(const String&, InputArray) { noWindows(); }
inline int waitKey(int = 0) { noWindows(); }
inline int waitKeyEx(int = 0) { noWindows(); }
inline void destroyWindow(const String&) { noWindows(); }
inline void destroyAllWindows() { noWindows(); }
} // namespace cv
