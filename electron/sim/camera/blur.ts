/**
 * Blurs Bayer bytes (rows of `width`) in place, along and across, each pixel with its neighbours of the same colour.
 * `deviationPx` > 0 is the blur's standard deviation.
 */
export const blur = (bytes: Uint8Array, width: number, deviationPx: number): void => {
  const height = bytes.length / width;
  // One pass of [w, 1-2w, w] over every second pixel has the variance 8 w; w above 1/4 would ring.
  const passes = Math.ceil(deviationPx ** 2 / 2);
  const weight = Math.round((65536 * deviationPx ** 2) / passes / 8);
  const keep = 65536 - 2 * weight;
  const line = new Uint8Array(Math.max(width, height));
  const along = (start: number, step: number, length: number): void => {
    for (let i = 0, at = start; i < length; i++, at += step) line[i] = bytes[at] as number;
    for (let i = 2, at = start + 2 * step; i < length - 2; i++, at += step)
      bytes[at] = ((line[i] as number) * keep + ((line[i - 2] as number) + (line[i + 2] as number)) * weight + 32768) >>> 16;
  };
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) along(y * width, 1, width);
    for (let x = 0; x < width; x++) along(x, width, height);
  }
};
