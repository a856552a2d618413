import { describe, expect, it } from 'vitest';
import { aim, lookAround, lookAtRoi } from './sight.ts';
import { openDetector } from './detector.ts';
import { cv } from './opencv.ts';

const roi = { x: 520, y: 240, width: 240, height: 240 };
const aiming = { roi, format: 'bayer-rg' as const, frameWidth: 1280 };
const found = (...centres: number[]) => centres.map((centrePx) => ({ centrePx, widthPx: 100 }));

describe('what is scored of a frame', () => {
  it('is the region of interest where a sensor fires the camera', () => {
    const frame = new cv.Mat(720, 1280, cv.CV_8UC1, 100);
    expect(lookAtRoi(roi)(frame)).toEqual({ parts: null, region: roi });
    frame.release();
  });

  it('is the part nearest to the middle, with the region around it where the colour filter’s pattern starts', () => {
    expect(aim(found(220, 655, 1060), aiming)).toEqual({
      parts: [
        { centrePx: 220, scored: false },
        { centrePx: 655, scored: true },
        { centrePx: 1060, scored: false },
      ],
      region: { ...roi, x: 534 },
    });
  });

  it('is nothing on an empty belt, nor a part whose region is not inside the frame', () => {
    expect(aim([], aiming)).toEqual({ parts: [], region: null });
    expect(aim(found(100, 1200), aiming)).toEqual({
      parts: [
        { centrePx: 100, scored: false },
        { centrePx: 1200, scored: false },
      ],
      region: null,
    });
  });

  it('is found in a frame of any format', () => {
    const rule = { find: 'edges' as const, level: 16, leastWidthPx: 48, leastHeightPx: 48, leastGapPx: 48 };
    const look = lookAround(openDetector(rule, roi, 1280), aiming);
    const grey = new cv.Mat(720, 1280, cv.CV_8UC1, 90);
    grey.drawRectangle(new cv.Rect(800, 300, 160, 120), new cv.Vec3(180, 180, 180), -1);
    const colour = grey.cvtColor(cv.COLOR_GRAY2BGR);
    for (const frame of [grey, colour]) {
      expect(look(frame).region).toEqual({ ...roi, x: 760 });
      frame.release();
    }
  });
});
