import type { Door } from '../../contract/api.ts';
import type { Board } from '../status/board.ts';
import type { Store } from '../store/store.ts';

/** What stands behind the door: the board for what is now, the store for what has been. */
export const openDoor = (
  board: Pick<Board, 'status' | 'watch'>,
  store: Pick<
    Store,
    'parts' | 'part' | 'production' | 'sinceChallenge' | 'noteChallenge' | 'lineEvents' | 'deadLetters' | 'reports'
  >,
  wallMs: () => number,
  /** There is something new to report; and what the inspection and the supervisor are told. */
  tell: { report(): void } & Pick<Door, 'resetInterlocks' | 'keepLossless' | 'startAgain'>,
): Door => ({
  status: board.status,
  watchStatus: board.watch,
  recentParts: (query) => store.parts(query).parts,
  parts: store.parts,
  part: store.part,
  trend: (query) => store.production.trend(query, wallMs()),
  pareto: (query) => store.production.pareto(query, wallMs()),
  production: store.production.production,
  counts: store.production.counts,
  defects: store.production.defects,
  shares: store.production.shares,
  sinceChallenge: store.sinceChallenge,
  events: store.lineEvents.recent,
  deadLetters: store.deadLetters.list,
  resend(letter, by) {
    const isSent = store.deadLetters.resend({ ...letter, by }, wallMs());
    if (isSent) tell.report();
    return isSent;
  },
  noteChallenge: (challenge, by) => store.noteChallenge({ ...challenge, by }, wallMs()),
  keepLossless: tell.keepLossless,
  resetInterlocks: tell.resetInterlocks,
  startAgain: tell.startAgain,
  results: ({ limit }) => store.reports.next(limit),
  acknowledgeResults: store.reports.acknowledge,
});
