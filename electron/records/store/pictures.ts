import type { VerdictKind } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';

/** A lane that has ever recorded here, also under a name that the station or the lane no longer has. */
export interface PictureLane {
  laneId: number;
  station: string;
  lane: string;
  /** Where its pictures lie within the archive. */
  folder: string;
}

/** A picture that lies in the archive. */
export interface KeptPicture extends Pick<PictureLane, 'laneId' | 'folder'> {
  sequence: number;
  verdict: VerdictKind;
  decidedAtMs: number;
  bytes: number;
  /** `png`: kept without loss. */
  format: 'jpg' | 'png';
}

/**
 * The index of the archive. The files are the archive's own (`records/archive`).
 *
 * What must hold: a picture is known by the id of its lane, which no renaming of station or lane changes; two lanes never
 * have the same folder.
 */
export interface Pictures {
  /** All lanes, those of former names too. */
  lanes(): PictureLane[];
  add(pictures: readonly KeptPicture[]): void;
  remove(pictures: readonly Pick<KeptPicture, 'laneId' | 'sequence'>[]): void;
  /** Of a lane of this station. */
  find(lane: string, sequence: number): KeptPicture | null;
  /** Of any lane. */
  at(laneId: number, sequence: number): KeptPicture | null;
  /** The oldest of a verdict. */
  oldest(verdict: VerdictKind, limit: number): KeptPicture[];
  totalBytes(): number;
  /** In the order of lane and sequence, those behind `last`; from the first when it is `null`. */
  after(last: Pick<KeptPicture, 'laneId' | 'sequence'> | null, limit: number): KeptPicture[];
}

/** The first lane of a name has that name; one of another station that is called the same numbers its parts anew. */
const places = `
  SELECT id AS laneId, station, lane, lane || CASE WHEN EXISTS
    (SELECT 1 FROM lanes first WHERE first.lane = lanes.lane AND first.id < lanes.id) THEN '@' || station ELSE '' END AS folder
  FROM lanes`;
/** Of a lane that was lost with its name (damage) the file is nowhere; its row can be taken out like any other. */
const rows = `
  SELECT p.lane_id AS laneId, coalesce(l.folder, '@') AS folder, p.sequence, p.verdict, p.decided_at_ms AS decidedAtMs, p.bytes, p.format
  FROM pictures p LEFT JOIN (${places}) l ON l.laneId = p.lane_id`;

/** Prepares the statements of the index. */
export const preparePictures = (database: Database, ours: Lanes): Pictures => {
  const lanes = database.prepare<[], PictureLane>(`${places} ORDER BY id`);
  const insert = database.prepare<[KeptPicture]>(
    'INSERT OR REPLACE INTO pictures VALUES (@laneId, @sequence, @verdict, @decidedAtMs, @bytes, @format)',
  );
  const remove = database.prepare<[number, number]>('DELETE FROM pictures WHERE lane_id = ? AND sequence = ?');
  const at = database.prepare<[number, number], KeptPicture>(`${rows} WHERE p.lane_id = ? AND p.sequence = ?`);
  const oldest = database.prepare<[string, number], KeptPicture>(`${rows} WHERE p.verdict = ? ORDER BY p.decided_at_ms LIMIT ?`);
  const after = database.prepare<[number, number, number], KeptPicture>(
    `${rows} WHERE (p.lane_id, p.sequence) > (?, ?) ORDER BY p.lane_id, p.sequence LIMIT ?`,
  );
  const total = database.prepare<[], number>('SELECT coalesce(sum(bytes), 0) FROM pictures').pluck();
  return {
    lanes: () => lanes.all(),
    add: database.transaction((pictures: readonly KeptPicture[]) => {
      for (const picture of pictures) insert.run(picture);
    }),
    remove: database.transaction((pictures: readonly Pick<KeptPicture, 'laneId' | 'sequence'>[]) => {
      for (const { laneId, sequence } of pictures) remove.run(laneId, sequence);
    }),
    find: (lane, sequence) => at.get(ours.idOrNull(lane) ?? -1, sequence) ?? null,
    at: (laneId, sequence) => at.get(laneId, sequence) ?? null,
    oldest: (verdict, limit) => oldest.all(verdict, limit),
    totalBytes: () => total.get() ?? 0,
    after: (last, limit) => after.all(last?.laneId ?? 0, last?.sequence ?? 0, limit),
  };
};
