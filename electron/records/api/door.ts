import type { Door } from '../../contract/api.ts';
import type { Board } from '../status/board.ts';
import type { Store } from '../store/store.ts';

/** What stands behind the door: the board for what is now, the store for what has been. */
export const openDoor = (
  board: Pick<Board, 'status' | 'watch'>,
  store: Pick<Store, 'recentParts' | 'part' | 'trend' | 'pareto' | 'lineEvents'>,
  wallMs: () => number,
): Door => ({
  status: board.status,
  watchStatus: board.watch,
  recentParts: store.recentParts,
  part: store.part,
  trend: (query) => store.trend(query, wallMs()),
  events: store.lineEvents.recent,
  pareto: (query) => store.pareto(query, wallMs()),
});
