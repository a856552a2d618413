// What every source of the binding includes: V8, Nan and OpenCV, parsed once.
#include "macros.h"
#include <opencv2/imgproc.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>
