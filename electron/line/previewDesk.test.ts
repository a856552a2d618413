import { describe, expect, it } from 'vitest';
import { recipe as recipeSchema } from '../config/recipe.ts';
import type { PreviewFact } from '../contract/facts.ts';
import type { FramePicture, VisionState } from '../contract/frame.ts';
import type { Decided } from './decided.ts';
import { openPreviewDesk } from './previewDesk.ts';

const recipe = (mode: 'triggered' | 'free-running') =>
  recipeSchema.parse({
    ...{ format: 2, name: 'chips', product: 'Chips', model: '.', gate: { distanceCounts: 4000, actuatorMs: 20 } },
    tracking: mode === 'triggered' ? { mode } : { mode, countsPerPx: -0.4 },
  });
const vision: VisionState = {
  ...{ type: 'state', camera: 'running', message: '', model: null, frameSize: { width: 1280, height: 720 } },
  roi: { x: 500, y: 200, width: 240, height: 240 },
};
const here = { x: 430, y: 200, width: 240, height: 240 };
const picture = (sequence: number, region: FramePicture['region'] = here): FramePicture => ({
  ...{ type: 'picture', use: 'preview', sequence, region, width: 640, height: 360, jpeg: new Uint8Array(3) },
});
const decided = (partId: number, firstFrame: number | null, mode: 'triggered' | 'free-running' = 'free-running') =>
  ({
    firstFrame,
    trigger: { partId },
    verdict: { kind: 'ok', reason: 'good', confidence: 0.97 },
    setup: { recipe: recipe(mode) },
  }) as unknown as Decided;

const aDesk = () => {
  const told: [frame: number, part: number | null, left: number][] = [];
  const clock = { ms: 0 };
  const tell = (fact: { type: string }): void => {
    const { frameSequence, verdict, roi } = fact as PreviewFact;
    told.push([frameSequence, verdict?.partId ?? null, roi.x]);
  };
  return { desk: openPreviewDesk('lane-1', tell, () => clock.ms), told, clock };
};

describe('the live pictures', () => {
  it('of triggered parts pass at once, with or without a verdict', () => {
    const { desk, told } = aDesk();
    desk.onDecided(decided(7, 1, 'triggered'));
    desk.onPreview(picture(1), decided(7, 1, 'triggered'), vision);
    desk.onPreview(picture(2, null), undefined, vision);
    expect(told).toEqual([
      [1, 7, 430],
      [2, null, 500],
    ]);
  });

  it('of a free-running camera wait for the verdict on the part that they show', () => {
    const { desk, told } = aDesk();
    desk.onDecided(decided(1, 1));
    for (const frame of [4, 9]) desk.onPreview(picture(frame), undefined, vision);
    expect(told).toEqual([]);
    desk.onPreview(picture(11, null), undefined, vision);
    desk.onDecided(decided(2, null));
    expect(told).toEqual([]);
    desk.onDecided(decided(3, 8));
    expect(told).toEqual([
      [4, null, 430],
      [9, 3, 430],
      [11, null, 500],
    ]);
  });

  it('of an empty belt pass at once, and those of a belt that stands after a second', () => {
    const { desk, told, clock } = aDesk();
    desk.onDecided(decided(1, 1));
    desk.onPreview(picture(2, null), undefined, vision);
    desk.onPreview(picture(3), undefined, vision);
    clock.ms = 1000;
    desk.onPreview(picture(4), undefined, vision);
    expect(told.map(([frame]) => frame)).toEqual([2]);
    clock.ms = 1001;
    desk.onPreview(picture(5), undefined, vision);
    expect(told.map(([frame]) => frame)).toEqual([2, 3]);
  });
});
