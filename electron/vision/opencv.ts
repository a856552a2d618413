import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type * as opencv from '@u4/opencv4nodejs';

export type { Mat, VideoCapture } from '@u4/opencv4nodejs';

/**
 * The door to OpenCV: the binding's compiled half, without its JavaScript wrapper, which prints to standard output, looks
 * for an OpenCV to build and takes half a second to load.
 *
 * What must hold: one isolate per process loads it; every `Mat` is released; it throws strings.
 */
// What goes wrong is said once, by who asked for it, and not in the words of a library before it.
process.env['OPENCV_LOG_LEVEL'] ??= 'ERROR';
process.env['OPENCV_FFMPEG_LOGLEVEL'] ??= '-8';

const require = createRequire(import.meta.url);
const wrapper = require.resolve('@u4/opencv4nodejs');
export const cv = require(join(dirname(wrapper), '../../build/Release/opencv4nodejs.node')) as typeof opencv;

// One thread: the pictures that matter are small, and a pool's wake-ups cost more than they bring beside inference.
cv.setNumThreads(1);
