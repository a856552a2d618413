import type { FrameScored, VisionState } from '../contract/frame.ts';
import type { Trigger } from '../contract/gate.ts';
import type { Recipe } from '../config/recipe.ts';
import { emptyFreeRun, type FreeRunRule, onFreeFrame, onFreeTime, onFreeTrigger } from './freeRun.ts';
import type { Belt } from './schedule.ts';
import type { Step } from './step.ts';
import { emptyTracking, onFrame, onTime, onTrigger, type Outlook } from './track.ts';

/** The tracking that a recipe asks for: by trigger, or by what the frames show. */
export interface Tracker {
  onTrigger(trigger: Trigger): Step[];
  onFrame(frame: FrameScored, belt: Belt, roi: VisionState['roi']): Step[];
  onTime(nowMs: number, belt: Belt, outlook: Outlook): Step[];
  /** Parts that have begun and have no verdict yet. */
  underway(): number;
}

/** Tracking of an empty belt; parts that no PLC gives an id to are counted from `firstPartId` on. */
export const openTracker = (recipe: Recipe, firstPartId: number): Tracker =>
  recipe.tracking.mode === 'triggered' ? triggered(recipe.tracking) : freeRunning(recipe, firstPartId);

const triggered = (rule: Recipe['tracking']): Tracker => {
  const tracking = emptyTracking();
  return {
    onTrigger: (trigger) => onTrigger(tracking, trigger, rule),
    onFrame: (frame) => onFrame(tracking, frame, rule),
    onTime: (nowMs, _belt, outlook) => onTime(tracking, nowMs, rule, outlook),
    underway: () => tracking.triggers.length,
  };
};

const freeRunning = ({ tracking, gate }: Recipe, firstPartId: number): Tracker => {
  const state = emptyFreeRun(firstPartId);
  const { sensorCounts } = tracking;
  const ruleFor = (roi: VisionState['roi']): FreeRunRule => ({
    ...tracking,
    middlePx: roi === null ? 0 : roi.x + roi.width / 2,
    gateCounts: gate.distanceCounts,
  });
  return {
    // What is a part the frames say; the sensor only what they have missed.
    onTrigger: (trigger) => (sensorCounts === undefined ? [] : onFreeTrigger(state, trigger, { ...ruleFor(null), sensorCounts })),
    onFrame: (frame, belt, roi) => onFreeFrame(state, frame, belt, ruleFor(roi)),
    onTime: (nowMs, belt, { why }) => onFreeTime(state, { nowMs, whyNoFrame: why }, belt, tracking),
    underway: () => state.open.length,
  };
};
