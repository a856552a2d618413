import type { LineStatusFact } from '../../contract/facts.ts';

/** Fewer are on their way here at any moment: half a second of production. */
const underway = 30;

/** Whether `line` holds parts that were decided a while ago and are not kept yet: after a full disk, or while we were away. */
export interface Backlog {
  connected(isConnected: boolean): void;
  status(fact: Pick<LineStatusFact, 'waitingRecords'>): void;
  isBehind(): boolean;
}

/** Behind until a `line` that has connected says how many wait; without one nothing comes. */
export const openBacklog = (): Backlog => {
  let waiting = 0;
  return {
    connected(isConnected) {
      waiting = isConnected ? Number.POSITIVE_INFINITY : 0;
    },
    status(fact) {
      waiting = fact.waitingRecords;
    },
    isBehind: () => waiting > underway,
  };
};
