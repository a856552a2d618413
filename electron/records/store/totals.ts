import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';

/** What the store holds, counted as it changes; also under former names of the station. */
export interface Totals {
  records: number;
  /** Reports that the MES has not acknowledged. */
  unreported: number;
  acknowledged: number;
  /** Reports that the MES refused for good. */
  deadLetters: number;
  /** Arrivals that were no records. */
  setAside: number;
}

/** Of an empty store. */
export const noTotals: Totals = { records: 0, unreported: 0, acknowledged: 0, deadLetters: 0, setAside: 0 };

/** Both lists that are counted whole are for persons: short, or there is worse to see. */
export const prepareTotals = (database: Database, lanes: Lanes): (() => Totals) => {
  const deadLetters = database.prepare<[], number>('SELECT count(*) FROM dead_letters').pluck();
  const setAside = database.prepare<[], number>('SELECT count(*) FROM set_aside').pluck();
  return () => {
    const totals = { records: 0, unreported: 0, acknowledged: 0 };
    for (const lane of lanes.everTotals()) {
      totals.records += lane.records;
      totals.unreported += lane.waiting;
      totals.acknowledged += lane.acknowledged;
    }
    return { ...totals, deadLetters: deadLetters.get() ?? 0, setAside: setAside.get() ?? 0 };
  };
};
