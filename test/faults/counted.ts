import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import type { Rig, RigFigures } from '../../electron/cli/bench/rig.ts';
import type { ApiRouter } from '../../electron/contract/api.ts';

/** The lane's and the PLC's figures, and what really came along the conveyor. */
export interface Counted extends RigFigures {
  came: { parts: number; bad: number };
}

const lookEveryMs = 100;
/** Every answer is there by then. */
const settleMs = 500;
const patienceMs = 120_000;
/** No belt here is slower than ten parts a second. */
const mostMsPerPart = 100;

/** The operator API of a running line. */
export const apiOf = (rig: Pick<Rig, 'url'>) =>
  createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${rig.url}/api` })] });

/** Stops the belt with nothing on it any more, and sets all counts to zero: what is counted from here on is exact. */
export const emptyBelt = async (rig: Rig): Promise<void> => {
  if ((await conveyor(rig)).running) {
    rig.factory.camera.knob('count', '1');
    await standing(rig, 1);
  }
  rig.reset();
  rig.factory.camera.reset();
  await sleep(lookEveryMs);
};

/** Lets exactly `parts` parts (no less than take a second) go by on an empty belt, within `withinMs`, and tells what came of them. */
export const letBy = async (rig: Rig, parts: number, withinMs = patienceMs + parts * mostMsPerPart): Promise<Counted> => {
  rig.factory.camera.knob('count', `${parts}`);
  rig.factory.camera.knob('running', 'on');
  await standing(rig, parts, withinMs);
  return { ...(await rig.figures()), came: await conveyor(rig) };
};

interface Conveyor {
  parts: number;
  bad: number;
  running: boolean;
}

// The conveyor itself is asked: what the station knows of it is some hundred milliseconds old.
const conveyor = async (rig: Rig): Promise<Conveyor> => (await rig.factory.camera.figures()) as Conveyor;

/** Waits until `parts` parts have come and the belt stands: the last of them is past the gate. */
const standing = async (rig: Rig, parts: number, withinMs = patienceMs): Promise<void> => {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += lookEveryMs) {
    await sleep(lookEveryMs);
    const came = await conveyor(rig);
    if (came.parts >= parts && !came.running) return sleep(settleMs);
  }
  throw new Error('the belt does not come to a stand');
};
