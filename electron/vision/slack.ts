import type { FramePicture } from '../contract/frame.ts';

/**
 * Pictures are encoded only in the time in which the loop would have waited for the camera anyway: a preview must not
 * make a verdict late.
 */
export interface Slack {
  /** How long the last read waited for the camera, smoothed. */
  waitMs: number;
  /** What one picture of each use costs, smoothed. */
  costMs: Record<Use, number>;
}
type Use = FramePicture['use'];

/** Before anything was measured: what pictures cost on a small machine. */
export const noSlack: Slack = { waitMs: 0, costMs: { preview: 4, kept: 1 } };

const smooth = (old: number, now: number): number => old + (now - old) * 0.2;

/** The last read waited `waitMs` for the camera. */
export const waited = (slack: Slack, waitMs: number): Slack => ({ ...slack, waitMs: smooth(slack.waitMs, waitMs) });

/** A picture was made, and took `costMs`. */
export const encoded = (slack: Slack, use: Use, costMs: number): Slack => ({
  ...slack,
  costMs: { ...slack.costMs, [use]: smooth(slack.costMs[use], costMs) },
});

/** Whether pictures of these uses fit into the wait for the next frame, with half as much again to spare. */
const fit = ({ waitMs, costMs }: Slack, uses: readonly Use[]): boolean =>
  waitMs > uses.reduce((sum, use) => sum + costMs[use], 0) * 1.5;

/** A live picture that stands for so long is taken for a camera that stands. */
const standsMs = 1000;

/** What waits to be encoded. */
export interface Waiting {
  /** Pictures that are to be kept. */
  kept: number;
  /** So many have room; what is asked beyond is lost. */
  room: number;
  /** How long the next preview has been due; negative before. */
  previewDueForMs: number;
}

/**
 * What is encoded behind this frame. Kept pictures come first, and without slack once many wait: they show why a part was
 * rejected. But a run of bad parts does not stop the live picture, which is looked at just then.
 */
export const turnOf = (slack: Slack, { kept, room, previewDueForMs }: Waiting): readonly Use[] => {
  const keeps = kept > 0 && (fit(slack, ['kept']) || kept > room / 2);
  const shows = previewDueForMs >= 0 && fit(slack, ['preview']);
  if (!keeps) return shows ? ['preview'] : [];
  if (!shows) return ['kept'];
  if (fit(slack, ['kept', 'preview'])) return ['kept', 'preview'];
  return previewDueForMs > standsMs ? ['preview'] : ['kept'];
};
