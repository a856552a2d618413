/** Header of a SQLite write-ahead log: magic, version, page size, checkpoint number, two salts, two sums. */
const headerBytes = 32;
const frameHeaderBytes = 24;
/** The sums are over little- or big-endian words (SQLite file format §4.1). */
const littleEndianMagic = 0x377f0682;
const bigEndianMagic = 0x377f0683;

/** What a write-ahead log that was not closed holds: all that was committed, or not. */
export type WalState = 'whole' | 'damaged';

type Sums = [number, number];

/** SQLite's checksum over 32-bit words in the order of the log (file format §4.2). */
const summing =
  (view: DataView) =>
  (from: number, to: number, [a, b]: Sums): Sums => {
    const isLittleEndian = view.getUint32(0) !== bigEndianMagic;
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
export const walState = (wal: Uint8Array): WalState => {
  if (wal.length < headerBytes) return wal.length === 0 ? 'whole' : 'damaged';
  const view = new DataView(wal.buffer, wal.byteOffset, wal.byteLength);
  if (![littleEndianMagic, bigEndianMagic].includes(view.getUint32(0))) return 'damaged';
  const sum = summing(view);
  let sums = sum(0, 24, [0, 0]);
  if (!hasSums(view, 24, sums)) return 'damaged';
  const frameBytes = frameHeaderBytes + view.getUint32(8);
  let isReadable = true;
  let lostCommits = 0;
  for (let at = headerBytes; at + frameBytes <= wal.length; at += frameBytes) {
    const isOfThisLog = view.getUint32(at + 8) === view.getUint32(16) && view.getUint32(at + 12) === view.getUint32(20);
    if (isReadable) {
      sums = sum(at, at + 8, sums);
      sums = sum(at + frameHeaderBytes, at + frameBytes, sums);
      isReadable = isOfThisLog && hasSums(view, at + 16, sums);
    }
    if (!isReadable && isOfThisLog && view.getUint32(at + 4) > 0) lostCommits += 1;
  }
  return lostCommits > 1 ? 'damaged' : 'whole';
};
