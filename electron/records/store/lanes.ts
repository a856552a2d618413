import type { Database } from './database.ts';

/** A lane's counters, as they stand in the database. */
export interface LaneTotals {
  id: number;
  lane: string;
  lastSequence: number;
  records: number;
  /** Reports that the MES has not acknowledged. */
  waiting: number;
  acknowledged: number;
}

export interface Lanes {
  /** Throws on a lane that the station does not have: the door has checked it. */
  id(lane: string): number;
  idOrNull(lane: string): number | null;
  totals(): LaneTotals[];
}

/** The lanes of `station`; new ones are written at once, those that have gone stay with what they recorded. */
export const openLanes = (database: Database, station: string, names: readonly string[]): Lanes => {
  const add = database.prepare<[string, string]>('INSERT INTO lanes (station, lane) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const name of names) add.run(station, name);
  return readLanes(database, station);
};

/** The lanes of `station` that are there. */
export const readLanes = (database: Database, station: string): Lanes => {
  const select = database.prepare<[string], LaneTotals>(
    'SELECT id, lane, last_sequence AS lastSequence, records, waiting, acknowledged FROM lanes WHERE station = ? ORDER BY id',
  );
  const ids = new Map(select.all(station).map(({ lane, id }) => [lane, id]));
  return {
    id(lane) {
      const id = ids.get(lane);
      if (id === undefined) throw new Error(`no lane ${lane}`);
      return id;
    },
    idOrNull: (lane) => ids.get(lane) ?? null,
    totals: () => select.all(station),
  };
};
