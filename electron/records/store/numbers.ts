import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Database } from './database.ts';
import type { LaneTotals } from './lanes.ts';
import { replaceFile } from './replaceFile.ts';

/** So many sequence numbers are put by at a time: one small write every few hours. */
const block = 1_000_000;

/** By lane: its id in the file of records, and a number that no sequence given so far is above. */
const number = z.int().nonnegative();
/** Version 0.1 kept the number alone. */
const alone = number.transform((upTo) => ({ id: null, upTo }));
const reservedSchema = z.record(z.string(), z.union([z.object({ id: z.int().positive(), upTo: number }), alone]));
type Reserved = z.infer<typeof reservedSchema>;

/**
 * What must outlive the file of records, in a file of its own: how far the sequence numbers of each lane can have come, and
 * the lanes' ids. Whatever was lost, no number is given twice, and no record is another lane's.
 */
export interface Numbers {
  /** Whether this station has ever kept a record here. */
  isUsed(): boolean;
  /** Gives the lanes of `station` that were lost their ids again; before any lane is added. */
  restoreLanes(database: Database, station: string): void;
  /** To be called when lanes stand where they do, before numbers above them are promised. Writes once in a million. */
  reserve(lanes: readonly Pick<LaneTotals, 'id' | 'lane' | 'lastSequence'>[]): void;
  /** After a loss: moves every lane of `station` behind its reserved numbers; those between are a gap by damage. */
  skip(database: Database, station: string, nowMs: number): void;
}

const read = (path: string): Reserved => {
  if (!existsSync(path)) return {};
  try {
    return reservedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // It is written whole or not at all; damaged by something else, the records themselves say where they stand.
    return {};
  }
};

const nextBlock = (last: number): number => (Math.floor(last / block) + 2) * block;

/** Opens the numbers put by beside `file`. */
export const openNumbers = (file: string): Numbers => {
  const path = `${file}.numbers`;
  let reserved = read(path);
  return {
    isUsed: () => Object.keys(reserved).length > 0,
    restoreLanes(database, station) {
      const add = database.prepare<[number, string, string]>(
        'INSERT INTO lanes (id, station, lane) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      );
      for (const [lane, { id }] of Object.entries(reserved)) if (id !== null) add.run(id, station, lane);
    },
    reserve(lanes) {
      // Half a block is left when the next is put by: a batch never comes close to it.
      const isShort = ({ lane, lastSequence }: (typeof lanes)[number]): boolean =>
        (reserved[lane]?.id ?? null) === null || lastSequence > (reserved[lane]?.upTo ?? 0) - block / 2;
      const short = lanes.filter(isShort);
      if (short.length === 0) return;
      const now: Reserved = { ...reserved };
      for (const { id, lane, lastSequence } of short)
        now[lane] = { id, upTo: Math.max(nextBlock(lastSequence), reserved[lane]?.upTo ?? 0) };
      // Promised only when it is on the disk.
      replaceFile(path, JSON.stringify(now));
      reserved = now;
    },
    skip(database, station, nowMs) {
      const gap = database.prepare<[{ upTo: number; station: string; lane: string; nowMs: number }]>(`
        INSERT OR IGNORE INTO gaps (lane_id, first, last, found_at_ms, cause)
        SELECT id, last_sequence + 1, @upTo, @nowMs, 'damage' FROM lanes
        WHERE station = @station AND lane = @lane AND last_sequence < @upTo`);
      const move = database.prepare<[number, string, string]>(
        'UPDATE lanes SET last_sequence = max(last_sequence, ?) WHERE station = ? AND lane = ?',
      );
      for (const [lane, { upTo }] of Object.entries(reserved)) {
        gap.run({ upTo, station, lane, nowMs });
        move.run(upTo, station, lane);
      }
    },
  };
};
