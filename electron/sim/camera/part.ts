import { type Random, randomOf } from './prng.ts';

/** What a part may be. The first is the good one; the others are the defects. */
export const partLabels = ['good', 'missing', 'rotated', 'cracked', 'scratched', 'contaminated'] as const;
export type PartLabel = (typeof partLabels)[number];
const defects = ['missing', 'rotated', 'cracked', 'scratched', 'contaminated'] as const;

export type Tape = 'white' | 'cream' | 'plastic';
export type Size = '0603' | '0805';
export type Rgb = readonly [number, number, number];

/** What all parts of one reel share. */
export interface Reel {
  number: number;
  tape: Tape;
  product: 'resistor' | 'capacitor';
  size: Size;
  /** Overcoat of a resistor, ceramic of a capacitor. */
  body: Rgb;
  terminal: Rgb;
  /** Printed on resistors: two digits and a power of ten (E24), three digits and a power on 0805 (E96). */
  code: string;
}

/** Everything that the picture of a part depends on. */
export interface Part {
  seed: number;
  number: number;
  label: PartLabel;
  bad: boolean;
  reel: Reel;
  /** Where its pocket lies, in encoder counts beside the mean pitch; within {@link mostSpacingCounts}, and the spread. */
  spacingCounts: number;
  /** How much too early or late the part-present sensor sees it, in encoder counts. */
  sensorCounts: number;
  /** In its pocket, pixels and degrees. */
  dx: number;
  dy: number;
  angleDeg: number;
  /** 1 is normal. */
  brightness: number;
  /** 0 (sharp) … 1 (two thirds of a pixel of blur). */
  softness: number;
  /** Of the defect: 0 is the smallest that counts as one, 1 the largest. */
  severity: number;
}

export const partsPerReel = 240;
/** Mean distance of two parts on the belt, encoder counts. */
export const countsPerPart = 160;
/** Spacing is bounded so that a part never loses its place in the row and the mean pitch holds for ever. */
export const mostSpacingCounts = 4;
/** Beyond that, as far as a part may be asked to lie from its place: two still do not touch. */
export const mostSpreadCounts = 20;

/** Lengths along (`length`) and across the part, in pixels of the frame: 105 px are a millimetre. */
export const sizes = { '0603': { length: 168, width: 86 }, '0805': { length: 206, width: 128 } } as const;

const salt = { reel: 1, truth: 2, place: 3, draw: 4, spread: 5 } as const;

/** Random numbers for drawing part `number`, apart from those that decide what it is. */
export const drawRandom = (part: Part): Random => randomOf(part.seed, salt.draw, part.number);

const coats: readonly [Rgb, ...Rgb[]] = [
  [38, 39, 43],
  [30, 32, 34],
  [44, 44, 46],
  [34, 42, 44],
  [40, 37, 36],
];
const ceramics: readonly [Rgb, ...Rgb[]] = [
  [168, 134, 98],
  [146, 116, 88],
  [184, 154, 118],
  [134, 118, 104],
  [158, 122, 96],
];
const e24 = ['10', '12', '15', '18', '22', '27', '33', '39', '47', '56', '68', '82'] as const;
const e96 = ['100', '133', '162', '205', '249', '301', '365', '442', '499', '576', '649', '750', '909'] as const;

/** Reel `number` of `seed`. */
export const reelOf = (seed: number, number: number): Reel => {
  const random = randomOf(seed, salt.reel, number);
  const product = random.chance(0.55) ? 'resistor' : 'capacitor';
  const size = random.chance(0.5) ? '0603' : '0805';
  const vary = (colour: Rgb, by: number): Rgb => {
    const all = random.between(-by, by);
    return [colour[0] + all + random.between(-2, 2), colour[1] + all, colour[2] + all + random.between(-2, 2)];
  };
  return {
    number,
    product,
    size,
    tape: random.pick(['white', 'cream', 'plastic', 'plastic']),
    body: product === 'resistor' ? vary(random.pick(coats), 4) : vary(random.pick(ceramics), 9),
    terminal: vary([186, 187, 188], 10),
    code: `${size === '0805' && random.chance(0.5) ? random.pick(e96) : random.pick(e24)}${random.int(5)}`,
  };
};

/**
 * Part `number` of `seed` when a share of `defectRate` (0…1) of all parts is bad, the five defects equally often.
 * Pure: a part that is bad at one rate is bad in the same way at every higher rate. `spread`, encoder counts up to
 * {@link mostSpreadCounts}, is how far parts lie from an even spacing beyond what a tape has.
 */
export const partOf = (seed: number, number: number, defectRate: number, spread = 0): Part => {
  const truth = randomOf(seed, salt.truth, number);
  const bad = truth.next() < defectRate;
  const defect = truth.pick(defects);
  const place = randomOf(seed, salt.place, number);
  const bounded = (deviation: number, most: number): number => Math.max(-most, Math.min(most, place.gauss() * deviation));
  return {
    seed,
    number,
    label: bad ? defect : 'good',
    bad,
    reel: reelOf(seed, Math.floor(number / partsPerReel)),
    spacingCounts: Math.round(bounded(1.6, mostSpacingCounts)) + spreadOf(seed, number, spread),
    sensorCounts: Math.round(bounded(0.6, 1)),
    dx: bounded(3.6, 9),
    dy: bounded(3.8, 10),
    angleDeg: bounded(1.4, 4),
    brightness: 1 + bounded(0.035, 0.1),
    softness: Math.abs(bounded(0.35, 1)),
    // Few are as small as a defect may be: 4 % lie below 0.04.
    severity: truth.next() ** 0.8,
  };
};

const spreadOf = (seed: number, number: number, spread: number): number =>
  spread === 0 ? 0 : Math.round(randomOf(seed, salt.spread, number).between(-spread, spread));
