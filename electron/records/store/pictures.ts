import type { VerdictKind } from '../../contract/verdict.ts';
import type { Database } from './database.ts';
import type { Lanes } from './lanes.ts';

/** A picture that lies in the archive. */
export interface KeptPicture {
  lane: string;
  sequence: number;
  verdict: VerdictKind;
  decidedAtMs: number;
  bytes: number;
  /** `png`: kept without loss. */
  format: 'jpg' | 'png';
}

/** The index of the archive. The files are the archive's own (`records/archive`). */
export interface Pictures {
  add(pictures: readonly KeptPicture[]): void;
  remove(pictures: readonly KeptPicture[]): void;
  find(lane: string, sequence: number): KeptPicture | null;
  /** The oldest of a verdict. */
  oldest(verdict: VerdictKind, limit: number): KeptPicture[];
  totalBytes(): number;
  /** In the order of lane and sequence, those behind `last`; from the first when it is `null`. */
  after(last: KeptPicture | null, limit: number): KeptPicture[];
}

type Row = { laneId: number; sequence: number; verdict: string; decidedAtMs: number; bytes: number; format: string };
const columns = 'l.lane, p.sequence, p.verdict, p.decided_at_ms AS decidedAtMs, p.bytes, p.format';

/** Prepares the statements of the index. */
export const preparePictures = (database: Database, lanes: Lanes): Pictures => {
  const insert = database.prepare<[Row]>(
    'INSERT OR REPLACE INTO pictures VALUES (@laneId, @sequence, @verdict, @decidedAtMs, @bytes, @format)',
  );
  const remove = database.prepare<[number, number]>('DELETE FROM pictures WHERE lane_id = ? AND sequence = ?');
  const find = database.prepare<[number, number], KeptPicture>(
    `SELECT ${columns} FROM pictures p JOIN lanes l ON l.id = p.lane_id WHERE p.lane_id = ? AND p.sequence = ?`,
  );
  const oldest = database.prepare<[string, number], KeptPicture>(`
    SELECT ${columns} FROM pictures p JOIN lanes l ON l.id = p.lane_id WHERE p.verdict = ? ORDER BY p.decided_at_ms LIMIT ?`);
  const after = database.prepare<[number, number, number], KeptPicture>(`
    SELECT ${columns} FROM pictures p JOIN lanes l ON l.id = p.lane_id
    WHERE (p.lane_id, p.sequence) > (?, ?) ORDER BY p.lane_id, p.sequence LIMIT ?`);
  const total = database.prepare<[], number>('SELECT coalesce(sum(bytes), 0) FROM pictures').pluck();
  return {
    add: database.transaction((pictures: readonly KeptPicture[]) => {
      for (const { lane, ...rest } of pictures) insert.run({ ...rest, laneId: lanes.id(lane) });
    }),
    remove: database.transaction((pictures: readonly KeptPicture[]) => {
      for (const picture of pictures) remove.run(lanes.id(picture.lane), picture.sequence);
    }),
    find: (lane, sequence) => find.get(lanes.idOrNull(lane) ?? -1, sequence) ?? null,
    oldest: (verdict, limit) => oldest.all(verdict, limit),
    totalBytes: () => total.get() ?? 0,
    after: (last, limit) => after.all(last === null ? 0 : lanes.id(last.lane), last?.sequence ?? 0, limit),
  };
};
