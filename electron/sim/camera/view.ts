import { pitchPx } from './draw/tape.ts';
import { frameWidth } from './light.ts';
import { countsPerPart, type Part } from './part.ts';

/** What is before the lens at an exposure. The belt runs to the left. */
export interface View {
  /** The part nearest to the middle. */
  number: number;
  /** How far it is past the middle, pixels; even, so that the colour filter's pattern stays in step. */
  pastPx: number;
  /** Only parts from `first` to `last` lie on the belt. */
  first: number;
  last: number;
  /** Chooses the noise. */
  seed: number;
}

const pixelsPerCount = pitchPx / countsPerPart;
const even = (value: number): number => 2 * Math.round(value / 2);

/** Where a part lies on the tape, pixels from part 0; even. */
export const tapePx = (part: Part): number => even((part.number * countsPerPart + part.spacingCounts) * pixelsPerCount);

/** Column of the tape that lies at the left edge of the frame. */
export const originPx = (part: Part, { pastPx }: Pick<View, 'pastPx'>): number => tapePx(part) - frameWidth / 2 + pastPx;

/** As the sensor fires: the part is in the middle, as exactly as the sensor sees it. */
export const viewAtSensor = ({ number, sensorCounts }: Part): View => ({
  ...{ number, pastPx: even(sensorCounts * pixelsPerCount), first: -Infinity, last: Infinity, seed: number },
});

/** At any moment: the belt has moved by `counts` since part 0 was due in the middle. */
export const viewAt = (counts: number, part: (number: number) => Part, belt: Pick<View, 'first' | 'last' | 'seed'>): View => {
  const atPx = even(counts * pixelsPerCount);
  const about = Math.round(counts / countsPerPart);
  const past = (number: number): number => atPx - tapePx(part(number));
  const nearest = [about - 1, about, about + 1].reduce((best, each) =>
    Math.abs(past(each)) < Math.abs(past(best)) ? each : best,
  );
  return { number: nearest, pastPx: past(nearest), ...belt };
};

/** Whether two views show the same. */
export const isSameView = (one: View, other: View): boolean =>
  one.number === other.number && one.pastPx === other.pastPx && one.seed === other.seed;
