import type { Database } from './database.ts';

/** A lane's counters, as they stand in the database. */
export interface LaneTotals {
  id: number;
  station: string;
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
  /** With those of former names of the station: what they recorded is still here, and reports of it may wait. */
  everTotals(): LaneTotals[];
  /** Of any lane that ever recorded here, `null` for all others. */
  idEver(station: string, lane: string): number | null;
}

/** The lanes of `station`; new ones are written at once, those that have gone stay with what they recorded. */
export const openLanes = (database: Database, station: string, names: readonly string[]): Lanes => {
  const add = database.prepare<[string, string]>('INSERT INTO lanes (station, lane) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const name of names) add.run(station, name);
  return readLanes(database, station);
};

/** The lanes of `station` that are there. */
export const readLanes = (database: Database, station: string): Lanes => {
  const select = database.prepare<[], LaneTotals>(
    'SELECT id, station, lane, last_sequence AS lastSequence, records, waiting, acknowledged FROM lanes ORDER BY id',
  );
  const all = select.all();
  const ids = new Map(all.filter((each) => each.station === station).map(({ lane, id }) => [lane, id]));
  return {
    id(lane) {
      const id = ids.get(lane);
      if (id === undefined) throw new Error(`no lane ${lane}`);
      return id;
    },
    idOrNull: (lane) => ids.get(lane) ?? null,
    totals: () => select.all().filter((each) => each.station === station),
    everTotals: () => select.all(),
    idEver: (of, lane) => all.find((each) => each.station === of && each.lane === lane)?.id ?? null,
  };
};
