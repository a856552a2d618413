import type { Logger } from '../base/log.ts';
import type { FromVision, ToVision } from '../contract/frame.ts';
import type { VisionOptions } from '../vision/options.ts';
import { openVisionChild, type VisionChild } from './visionChild.ts';

/** The lane's camera process, which another recipe may replace. */
export interface LaneVision {
  send(message: ToVision): void;
  /** Ends the process and starts one with other options; only the new one is heard from now on. */
  restart(options: VisionOptions): void;
  /** Kills the process, which hangs, and starts it again with the same options; `why` is what a person is told meanwhile. */
  startAgain(why: string): void;
  close(): Promise<void>;
}

/** Starts the process; at most one is alive at a time, because two cannot have the camera. */
export const openLaneVision = (options: VisionOptions, log: Logger, onMessage: (message: FromVision) => void): LaneVision => {
  let child: VisionChild | null = null;
  let wanted: VisionOptions | null = options;
  let closed: Promise<void> = Promise.resolve();

  const start = (mine: VisionOptions): void => {
    if (wanted !== mine) return;
    child = openVisionChild(mine, log, (message) => {
      if (wanted === mine) onMessage(message);
    });
  };
  const end = (): Promise<void> => {
    const last = child;
    child = null;
    return last?.close() ?? Promise.resolve();
  };
  const startAfter = async (ends: Promise<void>[], next: VisionOptions): Promise<void> => {
    await Promise.all(ends);
    start(next);
  };
  start(options);

  return {
    send: (message) => child?.send(message),
    restart(next) {
      wanted = next;
      onMessage({ type: 'state', camera: 'opening', message: '', frameSize: null, roi: null, model: null });
      closed = startAfter([closed, end()], next);
    },
    startAgain: (why) => child?.startAgain(why),
    async close() {
      wanted = null;
      await Promise.all([closed, end()]);
    },
  };
};
