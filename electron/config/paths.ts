import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where `records` listens for `line`. Not in the data folder: a Unix socket's path may hold no more than 107 bytes. The
 * folder is made, for us alone, by who listens, and goes with it.
 */
export const factsSocket = (dataDir: string): string => {
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `linegate-${process.getuid?.() ?? 0}-${id}`, 'facts.sock');
};

/** The one file of records. */
export const databaseFile = (dataDir: string): string => join(dataDir, 'records.sqlite');
/** Kept pictures, a folder a lane and day. */
export const picturesFolder = (dataDir: string): string => join(dataDir, 'pictures');
/** Our OPC UA certificates and the trust list. */
export const pkiFolder = (dataDir: string): string => join(dataDir, 'pki');
/** Code that `line`'s children need at every start, compiled; of this run of `line` only. */
export const compiledFolder = (dataDir: string): string => join(dataDir, 'compiled');
