import type { Manifest } from '../contract/manifest.ts';
import { cv, type Mat } from './opencv.ts';
import { type PixelFormat, type Roi, toRgb } from './pixels.ts';

/**
 * The region of interest of `frame` as the model's input: `height × width × 3` bytes, RGB, row by row.
 *
 * Colour is made after cropping, and before scaling only where it must be (Bayer): scaling fewer channels is cheaper.
 * `roi` lies inside the frame and is aligned (`alignRoi`). The result is a copy and may be kept.
 */
export const prepare = (frame: Mat, format: PixelFormat, roi: Roi, input: Manifest['input']): Uint8Array => {
  const interpolation = input.resize === 'area' ? cv.INTER_AREA : cv.INTER_LINEAR;
  const region = frame.getRegion(new cv.Rect(roi.x, roi.y, roi.width, roi.height));
  const first = format.startsWith('bayer')
    ? toRgb(region, format)
    : region.resize(input.height, input.width, 0, 0, interpolation);
  const second = format.startsWith('bayer') ? first.resize(input.height, input.width, 0, 0, interpolation) : toRgb(first, format);
  const bytes = second.getData();
  region.release();
  first.release();
  second.release();
  return bytes;
};
