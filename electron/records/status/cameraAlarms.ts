import { isPictureFault, type PictureFault } from '../../contract/alarms.ts';
import type { LaneStatus } from '../../contract/facts.ts';
import { raise, type Raised } from './raise.ts';

/** What may be over with one frame. */
const passing: ReadonlySet<PictureFault> = new Set(['torn', 'frame-lost', 'again', 'late']);

/** What is wrong with the camera of a lane, and with what it shows. */
export const cameraAlarms = ({ lane, camera }: Pick<LaneStatus, 'lane' | 'camera'>): Raised[] => {
  const { state, message } = camera;
  switch (state) {
    case 'running':
      return [...pictureAlarms(lane, camera), ...runawayAlarms(lane, message)];
    case 'opening':
      return [];
    case 'lost':
      return [raise('urgent', { code: 'camera-lost', facts: { lane } }, message)];
    case 'ended':
      return [raise('low', { code: 'camera-ended', facts: { lane } }, message)];
  }
};

const runawayAlarms = (lane: string, message: string): Raised[] =>
  message === '' ? [] : [raise('high', { code: 'camera-runaway', facts: { lane } }, message)];

/** Frames of a camera that runs: faults #3 to #5, #7, #8. */
const pictureAlarms = (lane: string, { trouble }: LaneStatus['camera']): Raised[] => {
  if (trouble === null || !isPictureFault(trouble.why)) return [];
  const { why, frames } = trouble;
  return [raise(passing.has(why) ? 'low' : 'high', { code: 'camera-picture', facts: { lane, why, frames } })];
};
