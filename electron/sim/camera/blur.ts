/**
 * Blurs Bayer bytes (rows of `width`, a multiple of four) in place; `deviationPx` > 0 is the blur's standard deviation.
 *
 * Each pass takes [w, 1-2w, w] of pixels `stride` apart, along and across, which has the variance 2 w stride². Strides
 * are even, so that only pixels of the same colour mix, and grow with the blur, so that few passes are enough. Four pixels
 * are worked on at once, as the lanes of a 32-bit word.
 */
export const blur = (bytes: Buffer, width: number, deviationPx: number): void => {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const rowWords = width / 4;
  for (const { stride, weight } of passesOf(deviationPx ** 2)) {
    along(words, rowWords, stride, weight);
    across(words, rowWords, stride, weight);
  }
};

/** Weight 64 of 256 is [1/4, 1/2, 1/4]: the most that does not ring. */
const mostWeight = 64;
const strides = [8, 4, 2] as const;
/** Variance that a pass of each stride may add: a wide one needs narrower ones before it, or it shows as double edges. */
const reach = (stride: number): number => (2 * mostWeight * stride * stride) / 256;

/** Passes whose variances add up to `variance`, narrow ones first. */
export const passesOf = (variance: number): { stride: number; weight: number }[] => {
  const passes: { stride: number; weight: number }[] = [];
  let left = variance;
  for (const stride of strides) {
    const narrower = strides.filter((other) => other < stride).reduce((sum, other) => sum + reach(other), 0);
    const share = stride === 2 ? left : Math.max(0, left - narrower);
    for (let rest = share; rest > 1e-9; rest -= reach(stride)) {
      const weight = Math.round(Math.min(1, rest / reach(stride)) * mostWeight);
      if (weight > 0) passes.unshift({ stride, weight });
    }
    left -= share;
  }
  return passes;
};

/** Two lanes of `middle` and its two neighbours, weighted. */
const mix = (middle: number, sides: number, weight: number): number =>
  ((middle * (256 - 2 * weight) + sides * weight + 0x800080) >>> 8) & 0xff00ff;

const mixWords = (middle: number, one: number, other: number, weight: number): number =>
  mix(middle & 0xff00ff, (one & 0xff00ff) + (other & 0xff00ff), weight) |
  (mix((middle >>> 8) & 0xff00ff, ((one >>> 8) & 0xff00ff) + ((other >>> 8) & 0xff00ff), weight) << 8);

/** Along the rows; the first and last pixels keep their value. */
const along = (words: Int32Array, rowWords: number, stride: number, weight: number): void => {
  const line = new Int32Array(rowWords);
  const step = stride >> 2;
  for (let start = 0; start < words.length; start += rowWords) {
    line.set(words.subarray(start, start + rowWords));
    for (let i = Math.max(1, step); i < rowWords - Math.max(1, step); i++) {
      const middle = line[i] as number;
      // Two pixels to a side is half a word: the neighbours' halves are joined.
      const one = step === 0 ? ((line[i - 1] as number) >>> 16) | (middle << 16) : (line[i - step] as number);
      const other = step === 0 ? (middle >>> 16) | ((line[i + 1] as number) << 16) : (line[i + step] as number);
      words[start + i] = mixWords(middle, one, other, weight);
    }
  }
};

/** Across the rows; the first and last rows keep their value. */
const across = (words: Int32Array, rowWords: number, stride: number, weight: number): void => {
  const source = words.slice();
  const step = stride * rowWords;
  for (let at = step; at < words.length - step; at++)
    words[at] = mixWords(source[at] as number, source[at - step] as number, source[at + step] as number, weight);
};
