import type { CameraConfig } from '../config/station.ts';
import { cv, type Mat } from './opencv.ts';

/** How the numbers in a frame's Mat are to be read. */
export type PixelFormat = 'bgr' | 'gray' | 'bayer-rg' | 'bayer-bg' | 'bayer-gr' | 'bayer-gb';

export interface Roi {
  x: number;
  y: number;
  width: number;
  height: number;
}

// OpenCV names a Bayer pattern by its second row's second and third pixel: what cameras call RGGB is its "BG".
const toRgbCode = {
  bgr: cv.COLOR_BGR2RGB,
  gray: cv.COLOR_GRAY2RGB,
  'bayer-rg': cv.COLOR_BayerBG2RGB,
  'bayer-bg': cv.COLOR_BayerRG2RGB,
  'bayer-gr': cv.COLOR_BayerGB2RGB,
  'bayer-gb': cv.COLOR_BayerGR2RGB,
} satisfies Record<PixelFormat, number>;

// The same codes for OpenCV's own order, which its JPEG encoder expects; `null` where the frame is in it already.
const toBgrCode = {
  bgr: null,
  gray: null,
  'bayer-rg': cv.COLOR_BayerBG2BGR,
  'bayer-bg': cv.COLOR_BayerRG2BGR,
  'bayer-gr': cv.COLOR_BayerGB2BGR,
  'bayer-gb': cv.COLOR_BayerGR2BGR,
} satisfies Record<PixelFormat, number | null>;

/** The format of a camera's frames, from its configuration and the channels of a frame that came. */
export const pixelFormat = (config: CameraConfig, channels: number): PixelFormat | null => {
  if (channels === 3) return 'bgr';
  if (channels !== 1) return null;
  if (config.kind === 'sim') return 'bayer-rg';
  return 'bayer' in config && config.bayer !== undefined ? `bayer-${config.bayer}` : 'gray';
};

/** A region may start only where the colour filter's 2×2 pattern starts; others are moved up and left by a pixel. */
export const alignRoi = (roi: Roi, format: PixelFormat): Roi =>
  format.startsWith('bayer') ? { x: roi.x & ~1, y: roi.y & ~1, width: roi.width & ~1, height: roi.height & ~1 } : roi;

/** A new Mat, 8-bit RGB; the caller releases it. Bayer is demosaiced, so pass the region of interest, not the frame. */
export const toRgb = (mat: Mat, format: PixelFormat): Mat => mat.cvtColor(toRgbCode[format]);

/** JPEG of `mat` at `quality` (1…100), scaled by `scale` ≤ 1 first. */
export const toJpeg = (mat: Mat, format: PixelFormat, quality: number, scale = 1): Buffer => {
  const owned: Mat[] = [];
  const keep = (made: Mat): Mat => {
    owned.push(made);
    return made;
  };
  try {
    const code = toBgrCode[format];
    const colour = code === null ? mat : keep(mat.cvtColor(code));
    const sized =
      scale === 1
        ? colour
        : keep(colour.resize(Math.round(colour.rows * scale), Math.round(colour.cols * scale), 0, 0, cv.INTER_LINEAR));
    return cv.imencode('.jpg', sized, [cv.IMWRITE_JPEG_QUALITY, quality]);
  } finally {
    for (const made of owned) made.release();
  }
};
