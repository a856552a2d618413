import { Command, InvalidArgumentError } from 'commander';
import { forPerson } from '../../base/errors.ts';
import { type Knobs, readTurn, startKnobs } from './knobs.ts';
import { countsPerPart, mostSpreadCounts } from './part.ts';

/** What the command line says. */
export interface CameraOptions {
  port: number;
  wiring: string;
  seed: number;
  gateDistance: number;
  readoutMs: number;
  encoderStart: number;
  /** Frames to draw before the start and show again and again; `null` draws each when it is due. */
  prerendered: number | null;
  /** Frames a second of a camera that fires itself; `null`: the sensor fires it. */
  freeRunning: number | null;
  /** How far parts lie from an even spacing, encoder counts. */
  spread: number;
  knobs: Knobs;
}

/** Reads an argument of a command line: a whole number in these bounds. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };

/** Reads an argument of a command line: a value for the knob `name`. */
export const knob =
  <Name extends keyof Knobs>(name: Name) =>
  (text: string): Knobs[Name] => {
    try {
      return readTurn(name, text, countsPerPart).value as Knobs[Name];
    } catch (thrown) {
      throw new InvalidArgumentError(forPerson(thrown));
    }
  };

const numericKnobs = ['rate', 'defects', 'lighting', 'focus', 'dirt', 'noise', 'count'] as const;

/** Reads the command line; on a mistake it says which, and ends the process. */
export const readOptions = (argv: string[]): CameraOptions => {
  const command = new Command('camera')
    .description('simulated conveyor with its camera: raw Bayer frames over TCP, sensor, encoder and gate on a Unix socket')
    .requiredOption('--port <n>', 'frames are served on 127.0.0.1, this port', whole(1, 65535))
    .requiredOption('--wiring <path>', 'Unix socket for the PLC')
    .option('--seed <n>', 'another seed gives other parts', whole(0, 2 ** 31), 1)
    .option('--gate-distance <counts>', 'from the sensor to the gate', whole(1, 1_000_000), 4000)
    .option('--readout-ms <ms>', 'from the flash to the frame', whole(0, 1000), 8)
    .option('--encoder-start <counts>', 'what the encoder shows first; it wraps at 2^32', whole(0, 2 ** 32 - 1), 0)
    .option('--free-running <fps>', 'the camera fires itself, so many times a second', whole(1, 250))
    .option('--spread <counts>', 'parts lie up to so far from an even spacing', whole(0, mostSpreadCounts), 0)
    .option('--prerendered <n>', 'draw so many frames first, then show them again and again: for high rates', whole(4, 2000));
  for (const name of numericKnobs) command.option(`--${name} <value>`, `knob: ${name}`, knob(name));
  const read = command.parse(argv, { from: 'user' }).opts<Omit<CameraOptions, 'knobs'> & Partial<Knobs>>();
  const knobs: Knobs = { ...startKnobs };
  for (const name of numericKnobs) Object.assign(knobs, read[name] === undefined ? {} : { [name]: read[name] });
  if (read.prerendered !== undefined && read.freeRunning !== undefined)
    command.error('--prerendered draws one frame a part: it does not go with --free-running.');
  return { ...read, prerendered: read.prerendered ?? null, freeRunning: read.freeRunning ?? null, knobs };
};
