import { stampBlockPx } from '../contract/stamp.ts';
import type { Looks } from './frameRule.ts';
import { cv, type Mat } from './opencv.ts';
import type { Roi } from './pixels.ts';

/** Looks at frames of one camera; remembers the grid of the last. */
export interface LooksReader {
  /** `markLost`: as in {@link Looks}. */
  read(frame: Mat, markLost: boolean): Looks;
}

interface Shape {
  width: number;
  height: number;
  channels: number;
  roi: Roi;
  /** Its first rows hold a stamp with a counter, which a frozen camera may still move. */
  stamped: boolean;
  /** Sharpness is looked at: it costs another pass. */
  sharpness: boolean;
}

/** One sample of so many pixels each way: a 1280×720 frame is 14,400 samples. */
const step = 8;
/** Rows looked at for sharpness: every 16th, at the camera's own resolution, which blur is a matter of. */
const sharpStep = 16;
// "black": under 10 % of full scale, as ffmpeg's blackdetect has it. // faults, rule 5
const blackMost = 25;
const full = 255;

/** For frames of `shape`; others do not fit. Reads nothing but bytes and keeps no `Mat`. */
export const openLooks = (shape: Shape): LooksReader => {
  const columns = Math.ceil(shape.width / step);
  const rows = Math.ceil(shape.height / step);
  const rowBytes = columns * shape.channels;
  const pictureFrom = shape.stamped ? Math.ceil(stampBlockPx / step) * rowBytes : 0;
  const box = gridBox(shape.roi, columns, rows);
  let last: Buffer | null = null;

  return {
    read(frame, markLost) {
      if (frame.cols !== shape.width || frame.rows !== shape.height || frame.channels !== shape.channels) return misfit;
      const grid = frame.resize(rows, columns, 0, 0, cv.INTER_NEAREST);
      const bytes = grid.getData();
      grid.release();
      const same = last !== null && bytes.compare(last, pictureFrom, undefined, pictureFrom) === 0;
      last = bytes;
      return {
        fits: true,
        markLost,
        ...lightOf(bytes, rowBytes, shape.channels, box),
        emptyShare: emptyRows(bytes, rowBytes, rows) / rows,
        same,
        sharpness: shape.sharpness ? sharpnessOf(frame, shape.roi, shape.channels) : null,
      };
    },
  };
};

const misfit: Looks = {
  fits: false,
  markLost: false,
  blackShare: 0,
  saturatedShare: 0,
  emptyShare: 0,
  same: false,
  sharpness: null,
};

/** The samples that lie in the region of interest; one at least. */
const gridBox = (roi: Roi, columns: number, rows: number) => {
  const left = Math.min(columns - 1, Math.ceil(roi.x / step));
  const top = Math.min(rows - 1, Math.ceil(roi.y / step));
  const right = Math.min(columns, Math.max(left + 1, Math.ceil((roi.x + roi.width) / step)));
  const bottom = Math.min(rows, Math.max(top + 1, Math.ceil((roi.y + roi.height) / step)));
  return { left, top, right, bottom };
};

const lightOf = (bytes: Buffer, rowBytes: number, channels: number, box: ReturnType<typeof gridBox>) => {
  let black = 0;
  let saturated = 0;
  for (let y = box.top; y < box.bottom; y++) {
    const to = y * rowBytes + box.right * channels;
    for (let i = y * rowBytes + box.left * channels; i < to; i++) {
      const value = bytes[i] ?? 0;
      if (value <= blackMost) black += 1;
      else if (value === full) saturated += 1;
    }
  }
  const samples = (box.bottom - box.top) * (box.right - box.left) * channels;
  return { blackShare: black / samples, saturatedShare: saturated / samples };
};

/** Rows at the lower edge that hold one value only: no sensor gives that, a buffer that was not filled does. */
const emptyRows = (bytes: Buffer, rowBytes: number, rows: number): number => {
  const value = bytes[bytes.length - 1];
  let i = bytes.length - 1;
  while (i >= 0 && bytes[i] === value) i -= 1;
  return rows - Math.ceil((i + 1) / rowBytes);
};

const sharpnessOf = (frame: Mat, roi: Roi, channels: number): number => {
  const region = frame.getRegion(new cv.Rect(roi.x, roi.y, roi.width, roi.height));
  const thin = region.resize(Math.ceil(roi.height / sharpStep), roi.width, 0, 0, cv.INTER_NEAREST);
  const bytes = thin.getData();
  region.release();
  thin.release();
  const rowBytes = roi.width * channels;
  // Two columns: the same colour of a Bayer filter.
  const apart = 2 * channels;
  let sum = 0;
  let count = 0;
  for (let from = 0; from < bytes.length; from += rowBytes)
    for (let i = from; i < from + rowBytes - apart; i++) {
      sum += Math.abs((bytes[i + apart] ?? 0) - (bytes[i] ?? 0));
      count += 1;
    }
  return count === 0 ? 0 : sum / count;
};
