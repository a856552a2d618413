import { PersonError } from '../../base/errors.ts';

/** What can be turned while the line runs. */
export interface Knobs {
  /** Parts (and frames) a second. */
  rate: number;
  /** Share of bad parts among those that are drawn from now on. */
  defects: number;
  /** Energy of the lamps, 1 is normal. */
  lighting: number;
  /** Blur, pixels; 0 is in focus. */
  focus: number;
  /** Dirt on the lens, 0 to 1. */
  dirt: number;
  /** Noise of the sensor, 1 is normal. */
  noise: number;
  /** The same picture again and again, with a running counter. */
  freeze: boolean;
  /** Lamps off. */
  black: boolean;
  /** Connected, but no frames. */
  silent: boolean;
  /** So many of the next frames are never sent. */
  lose: number;
  /** So many of the next frames arrive half: the rest of their pixels is 0. */
  torn: number;
  /** So many of the next frames are sent twice. */
  twice: number;
  /** So many of the next frames are sent after the one that follows. */
  swap: number;
  /** Nobody can connect. A number: for so many milliseconds. */
  unplug: boolean | number;
  /** So many edges more at each part: the sensor bounces. */
  bounce: number;
  /** So many frames more at each part, evenly until the next: the camera's trigger input rings. */
  extra: number;
  /** The belt runs. */
  running: boolean;
  /** So many parts more, then the belt stops; `null` runs on. */
  count: number | null;
}

export type Turn = { [Name in keyof Knobs]: { name: Name; value: Knobs[Name] } }[keyof Knobs];

/** What the process starts with; the command line changes it. */
export const startKnobs: Knobs = {
  rate: 60,
  defects: 0.1,
  lighting: 1,
  focus: 0,
  dirt: 0,
  noise: 1,
  freeze: false,
  black: false,
  silent: false,
  lose: 0,
  torn: 0,
  twice: 0,
  swap: 0,
  unplug: false,
  bounce: 0,
  extra: 0,
  running: true,
  count: null,
};

/** Reads a knob's value from text; `undefined` when it is none. */
type Read<T> = (text: string) => T | undefined;

const between =
  (least: number, most: number): Read<number> =>
  (text) => {
    const value = Number(text);
    return text !== '' && value >= least && value <= most ? value : undefined;
  };
const switches = new Map([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
]);
const onOff: Read<boolean> = (text) => switches.get(text);
const wholeFrom1 = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined);
const wholeTo9 = (text: string): number | undefined => (/^\d$/.test(text) ? Number(text) : undefined);

const frames = { allowed: 'a number of frames', read: wholeFrom1 };

const readers: { [Name in keyof Knobs]: { allowed: string; read: Read<Knobs[Name]> } } = {
  rate: { allowed: 'parts a second, 0.1 to 1000', read: between(0.1, 1000) },
  defects: { allowed: 'share of bad parts, 0 to 1', read: between(0, 1) },
  lighting: { allowed: 'light, 0 to 8; 1 is normal', read: between(0, 8) },
  focus: { allowed: 'blur in pixels, 0 to 8', read: between(0, 8) },
  dirt: { allowed: 'dirt on the lens, 0 to 1', read: between(0, 1) },
  noise: { allowed: 'sensor noise, 0 to 8; 1 is normal', read: between(0, 8) },
  freeze: { allowed: 'on or off', read: onOff },
  black: { allowed: 'on or off', read: onOff },
  silent: { allowed: 'on or off', read: onOff },
  lose: frames,
  torn: frames,
  twice: frames,
  swap: frames,
  unplug: { allowed: 'on, off, or a time in ms', read: (text) => onOff(text) ?? wholeFrom1(text) },
  bounce: { allowed: 'edges more at each part, 0 to 9', read: between(0, 9) },
  extra: { allowed: 'frames more at each part, 0 to 9', read: wholeTo9 },
  running: { allowed: 'on or off', read: onOff },
  count: { allowed: 'a number of parts, or off', read: (text) => (text === 'off' ? null : wholeFrom1(text)) },
};

const names = Object.keys(readers) as (keyof Knobs)[];

/** All knobs by name, with what they take. */
export const knobHelp: Readonly<Record<string, string>> = {
  ...Object.fromEntries(names.map((name) => [name, readers[name].allowed])),
  speed: 'encoder counts a second: another word for rate',
};

/**
 * Checks a turn of a knob that comes from outside. Throws {@link PersonError} with one clear sentence.
 * `speed`, in encoder counts a second, is another word for `rate`.
 */
export const readTurn = (name: string, value: string, countsPerPart: number): Turn => {
  const text = value.trim();
  if (name === 'speed') return readTurn('rate', text === '' ? '' : `${Number(text) / countsPerPart}`, countsPerPart);
  const knob = names.find((known) => known === name);
  if (knob === undefined) throw new PersonError(`There is no knob "${name}".`, `There are: ${names.join(', ')}, speed.`);
  const { allowed, read } = readers[knob];
  const checked = read(text);
  if (checked === undefined) throw new PersonError(`"${value}" is no value for the knob "${name}".`, `It takes: ${allowed}.`);
  return { name: knob, value: checked } as Turn;
};
