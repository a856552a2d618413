import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Header of a SQLite write-ahead log: magic, version, page size, checkpoint number, two salts, two sums. */
const headerBytes = 32;
const frameHeaderBytes = 24;
/** The sums are over little- or big-endian words (SQLite file format §4.1). */
const littleEndianMagic = 0x377f0682;
const bigEndianMagic = 0x377f0683;

/** What a write-ahead log that was not closed holds: all that was committed, or not. */
export type WalState = 'whole' | 'damaged';

type Sums = [number, number];

/** A log, on disk or in memory: after a long export it may be longer than memory. */
export interface Log {
  bytes: number;
  /** What stands there, as it is until the next call. */
  read(at: number, length: number): Uint8Array;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** SQLite's checksum over 32-bit words in the order of the log (file format §4.2). */
const summing =
  (isLittleEndian: boolean) =>
  (view: DataView, from: number, to: number, [a, b]: Sums): Sums => {
    let [first, second] = [a, b];
    for (let at = from; at < to; at += 8) {
      first = (first + view.getUint32(at, isLittleEndian) + second) >>> 0;
      second = (second + view.getUint32(at + 4, isLittleEndian) + first) >>> 0;
    }
    return [first, second];
  };

const hasSums = (view: DataView, at: number, [first, second]: Sums): boolean =>
  view.getUint32(at) === first && view.getUint32(at + 4) === second;

/**
 * Whether a write-ahead log has lost committed transactions, which SQLite does not say: it reads up to the first frame
 * whose checksum is wrong and forgets the rest. A power cut can tear the last transaction, which nobody was promised; so
 * two commits or more behind the first bad frame are a loss, and so is a header that is none.
 */
export const walState = ({ bytes, read }: Log): WalState => {
  if (bytes < headerBytes) return 'damaged';
  const header = viewOf(read(0, headerBytes).slice());
  if (![littleEndianMagic, bigEndianMagic].includes(header.getUint32(0))) return 'damaged';
  const sum = summing(header.getUint32(0) === littleEndianMagic);
  let sums = sum(header, 0, 24, [0, 0]);
  if (!hasSums(header, 24, sums)) return 'damaged';
  const frameBytes = frameHeaderBytes + header.getUint32(8);
  let isReadable = true;
  let lostCommits = 0;
  for (let at = headerBytes; at + frameBytes <= bytes; at += frameBytes) {
    const frame = viewOf(read(at, isReadable ? frameBytes : frameHeaderBytes));
    const isOfThisLog = frame.getUint32(8) === header.getUint32(16) && frame.getUint32(12) === header.getUint32(20);
    if (isReadable) {
      sums = sum(frame, 0, 8, sums);
      sums = sum(frame, frameHeaderBytes, frameBytes, sums);
      isReadable = isOfThisLog && hasSums(frame, 16, sums);
    }
    if (!isReadable && isOfThisLog && frame.getUint32(4) > 0) lostCommits += 1;
  }
  return lostCommits > 1 ? 'damaged' : 'whole';
};

/** Read at once. */
const windowBytes = 2 ** 20;

/** The state of the log in `file`. */
export const readWalState = (file: string): WalState => {
  const open = openSync(file, 'r');
  const window = { at: 0, bytes: Buffer.alloc(0) };
  const buffer = Buffer.alloc(windowBytes);
  try {
    return walState({
      bytes: fstatSync(open).size,
      read(at, length) {
        if (at < window.at || at + length > window.at + window.bytes.length)
          Object.assign(window, { at, bytes: buffer.subarray(0, readSync(open, buffer, 0, windowBytes, at)) });
        return window.bytes.subarray(at - window.at, at - window.at + length);
      },
    });
  } finally {
    closeSync(open);
  }
};
