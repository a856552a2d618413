/**
 * Pictures are encoded only in the time in which the loop would have waited for the camera anyway: a preview must not
 * make a verdict late.
 */
export interface Slack {
  /** How long the last read waited for the camera, smoothed. */
  waitMs: number;
  /** What one picture of each use costs, smoothed. */
  costMs: { preview: number; kept: number };
}

/** Before anything was measured: what pictures cost on a small machine. */
export const noSlack: Slack = { waitMs: 0, costMs: { preview: 4, kept: 1 } };

const smooth = (old: number, now: number): number => old + (now - old) * 0.2;

/** The last read waited `waitMs` for the camera. */
export const waited = (slack: Slack, waitMs: number): Slack => ({ ...slack, waitMs: smooth(slack.waitMs, waitMs) });

/** A picture was made, and took `costMs`. */
export const encoded = (slack: Slack, use: 'preview' | 'kept', costMs: number): Slack => ({
  ...slack,
  costMs: { ...slack.costMs, [use]: smooth(slack.costMs[use], costMs) },
});

/** Whether one picture fits into the wait for the next frame, with half as much again to spare. */
export const fits = (slack: Slack, use: 'preview' | 'kept'): boolean => slack.waitMs > slack.costMs[use] * 1.5;
