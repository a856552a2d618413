import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as opencv from '@u4/opencv4nodejs';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { messageOf } from '../../base/errors.ts';
import type { Exposure } from './exposure.ts';
import type { Window } from './frame.ts';
import { boxesText, defectBoxes } from './boxes.ts';
import { createGallery } from './gallery.ts';
import { lightMap } from './light.ts';
import { type Random, randomOf } from './prng.ts';
import { viewAtSensor } from './view.ts';

// The binding's compiled half: its wrapper prints and searches for an OpenCV to build.
const require = createRequire(import.meta.url);
const cv = require(
  join(dirname(require.resolve('@u4/opencv4nodejs')), '../../build/Release/opencv4nodejs.node'),
) as typeof opencv;

const roi: Window = { x: 520, y: 240, width: 240, height: 240 };
/** Blur needs neighbours: what is rendered around the region and cut off again. */
const margin = 16;
const rendered: Window = {
  x: roi.x - margin,
  y: roi.y - margin,
  width: roi.width + 2 * margin,
  height: roi.height + 2 * margin,
};
/** Parts between two pictures, so that neighbours in the set come from different reels. */
const stride = 97;

interface Options {
  out: string;
  count: number;
  seed: number;
  defects: number;
  lightingSpread: number;
  focusSpread: number;
  noiseSpread: number;
  dirtSpread: number;
}

const numberIn =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a number from ${least} to ${most}, please.`);
  };
const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = numberIn(least, most)(text);
    if (Number.isInteger(value)) return value;
    throw new InvalidArgumentError('a whole number, please.');
  };

const program = new Command('render')
  .description(
    'write labelled pictures of parts, as the vision process sees them, for training: images/NNNNNN.png and labels.csv',
  )
  .requiredOption('--out <folder>', 'where to write')
  .option('--count <n>', 'how many pictures', whole(1, 999_999), 8000)
  .option('--seed <n>', 'another seed gives other parts', whole(0, 2 ** 31), 7)
  .option('--defects <share>', 'share of bad parts, 0 to 1', numberIn(0, 1), 0.5)
  .option('--lighting-spread <x>', 'light varies by so much around 1', numberIn(0, 0.6), 0.18)
  .option('--focus-spread <px>', 'largest blur, pixels', numberIn(0, 4), 1.1)
  .option('--noise-spread <x>', 'sensor noise varies by so much around 1', numberIn(0, 1), 0.5)
  .option('--dirt-spread <x>', 'most dirt on the lens, 0 to 1', numberIn(0, 1), 0.3);

/** Conditions of one picture: as on the line, and some that the line should never see. */
const exposureOf = (random: Random, lights: Uint8Array[], options: Options): Exposure => ({
  light: random.pick(lights as [Uint8Array, ...Uint8Array[]]),
  gain: random.between(1 - options.lightingSpread, 1 + options.lightingSpread),
  noise: random.between(1 - options.noiseSpread, 1 + options.noiseSpread),
  // Half of all pictures are in focus.
  blurPx: Math.max(0, random.between(-1, 1)) * options.focusSpread,
  seed: random.int(2 ** 31),
});

const lightsOf = (options: Options): Uint8Array[] => [
  lightMap(0, 0),
  lightMap(0, 0),
  ...[1, 2, 3, 4].map((i) => lightMap((options.dirtSpread * i) / 4, options.seed + i)),
];

/** The region of interest of Bayer bytes, demosaiced as `vision` does. */
const writePicture = (file: string, bayer: Buffer): void => {
  const mat = new cv.Mat(bayer, rendered.height, rendered.width, cv.CV_8UC1);
  const region = mat.getRegion(new cv.Rect(margin, margin, roi.width, roi.height));
  const colour = region.cvtColor(cv.COLOR_BayerBG2BGR);
  // Level 1 is four times as fast as the default and costs a tenth more space.
  cv.imwrite(file, colour, [cv.IMWRITE_PNG_COMPRESSION, 1]);
  for (const made of [mat, region, colour]) made.release();
};

/** Finds where a part's defect is: what the same part, without it and in the same light, shows otherwise. */
const boxFinder = (seed: number): ((bayer: Buffer, number: number, exposure: Exposure) => string) => {
  const good = createGallery(seed, () => 0);
  const twin = Buffer.alloc(rendered.width * rendered.height);
  const inside = (bytes: Buffer): Uint8Array => {
    const cut = new Uint8Array(roi.width * roi.height);
    for (let y = 0; y < roi.height; y++) {
      const from = (y + margin) * rendered.width + margin;
      cut.set(bytes.subarray(from, from + roi.width), y * roi.width);
    }
    return cut;
  };
  return (bayer, number, exposure) => {
    good.frame(twin, rendered, viewAtSensor(good.part(number)), exposure);
    return boxesText(defectBoxes(inside(bayer), inside(twin), roi.width, roi.height));
  };
};

const render = (options: Options): void => {
  const folder = join(options.out, 'images');
  mkdirSync(folder, { recursive: true });
  const gallery = createGallery(options.seed, () => options.defects);
  const lights = lightsOf(options);
  const bayer = Buffer.alloc(rendered.width * rendered.height);
  const boxesOf = boxFinder(options.seed);
  const bar = new SingleBar({ format: 'Rendering {bar} {value}/{total}, {eta_formatted} left', stream: process.stderr });
  bar.start(options.count, 0);
  const rows = ['file,label,boxes'];
  for (let i = 0; i < options.count; i++) {
    const number = (i + 1) * stride;
    const exposure = exposureOf(randomOf(options.seed, 70, i), lights, options);
    gallery.frame(bayer, rendered, viewAtSensor(gallery.part(number)), exposure);
    const file = `images/${String(i).padStart(6, '0')}.png`;
    writePicture(join(options.out, file), bayer);
    const { label, bad } = gallery.part(number);
    rows.push(`${file},${label},${bad ? boxesOf(bayer, number, exposure) : ''}`);
    if (i % 16 === 15) bar.update(i + 1);
  }
  bar.update(options.count);
  bar.stop();
  writeFileSync(join(options.out, 'labels.csv'), `${rows.join('\n')}\n`);
};

try {
  render(program.parse().opts<Options>());
} catch (thrown) {
  process.stderr.write(`The pictures cannot be written: ${messageOf(thrown)}.\n`);
  process.exitCode = 1;
}
