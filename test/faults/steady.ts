import { setTimeout as sleep } from 'node:timers/promises';
import type { Rig, RigFigures } from '../../electron/cli/bench/rig.ts';

/** Heaps, caches and compiled code are warm after this. */
const warmUpMs = 5000;

/** Lets the line, once warm, run for so many seconds, and returns what was measured of just that time; `beside` it as well. */
export const steadyFor = async (rig: Rig, seconds: number, beside?: { reset(): void }): Promise<RigFigures> => {
  await sleep(warmUpMs);
  rig.reset();
  beside?.reset();
  await sleep(seconds * 1000);
  return rig.figures();
};
