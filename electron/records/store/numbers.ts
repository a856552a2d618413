import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Database } from './database.ts';

/** So many sequence numbers are put by at a time: one small write every few hours. */
const block = 1_000_000;

/** By lane: a number that no sequence given so far is above. */
type Reserved = Record<string, number>;

/**
 * How far the sequence numbers of each lane can have come, in a file of its own: when records are lost, no number is
 * given twice, whatever was lost with them.
 */
export interface Numbers {
  /** Whether this station has ever kept a record here. */
  isUsed(): boolean;
  /** To be called when lanes stand at `last`, before numbers above them are promised. Writes once in a million. */
  reserve(last: Readonly<Record<string, number>>): void;
  /** After a loss: moves every lane of `station` behind its reserved numbers; those between are a gap by damage. */
  skip(database: Database, station: string, nowMs: number): void;
}

const read = (path: string): Reserved => {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Reserved;
  } catch {
    // It is written whole or not at all; damaged by something else, the records themselves say where they stand.
    return {};
  }
};

const write = (path: string, reserved: Reserved): void => {
  const file = openSync(`${path}.tmp`, 'w');
  writeSync(file, JSON.stringify(reserved));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
};

const nextBlock = (last: number): number => (Math.floor(last / block) + 2) * block;

/** Opens the numbers put by beside `file`. */
export const openNumbers = (file: string): Numbers => {
  const path = `${file}.numbers`;
  let reserved = read(path);
  return {
    isUsed: () => Object.keys(reserved).length > 0,
    reserve(last) {
      // Half a block is left when the next is put by: a batch never comes close to it.
      const short = Object.entries(last).filter(([lane, sequence]) => sequence > (reserved[lane] ?? 0) - block / 2);
      if (short.length === 0) return;
      reserved = { ...reserved, ...Object.fromEntries(short.map(([lane, sequence]) => [lane, nextBlock(sequence)])) };
      write(path, reserved);
    },
    skip(database, station, nowMs) {
      const gap = database.prepare<[number, string, string, number]>(`
        INSERT OR IGNORE INTO gaps (lane_id, first, last, found_at_ms, cause)
        SELECT id, last_sequence + 1, ?, found.at, 'damage' FROM lanes, (SELECT ? AS station, ? AS lane, ? AS at) AS found
        WHERE lanes.station = found.station AND lanes.lane = found.lane`);
      const move = database.prepare<[number, string, string]>(
        'UPDATE lanes SET last_sequence = ? WHERE station = ? AND lane = ?',
      );
      for (const [lane, last] of Object.entries(reserved)) {
        gap.run(last, station, lane, nowMs);
        move.run(last, station, lane);
      }
    },
  };
};
