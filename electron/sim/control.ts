import { createInterface } from 'node:readline';
import { forPerson } from '../base/errors.ts';
import type { FromProcess } from '../contract/process.ts';

/** How a simulator is steered: by its parent over IPC ({@link ToSim}), or by lines on standard input (`heartbeat off`, `help`). */
export interface Controls {
  /** By name; throws an Error for a value that makes no sense. */
  knobs: Record<string, { help: string; turn(value: string): void }>;
  figures(): unknown;
  reset(): void;
  stop(): Promise<void>;
}

export type ToSim = { type: 'counts' } | { type: 'reset' } | { type: 'stop' } | { type: 'knob'; name: string; value: string };

/** Obeys until the process is asked to stop: by message, signal, or the end of its parent. Tells the parent that it is ready. */
export const obey = (controls: Controls): void => {
  const tell = (message: FromProcess): void => {
    if (process.connected) process.send?.(message);
  };
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void controls.stop().finally(() => process.exit(0));
  };
  process.on('message', (message: ToSim) => {
    if (message.type === 'counts') tell({ type: 'figures', figures: controls.figures() });
    if (message.type === 'reset') controls.reset();
    if (message.type === 'knob') turnKnob(controls, message.name, message.value);
    if (message.type === 'stop') stop();
  });
  process.on('disconnect', stop);
  // The parent may have ended while we were starting.
  if (process.send !== undefined && !process.connected) return stop();
  process.on('SIGTERM', stop);
  // Ctrl-C reaches the whole group; a parent asks in its own order: the MES takes the last reports of the station.
  process.on('SIGINT', () => {
    if (!process.connected) stop();
  });
  if (process.send === undefined) obeyLines(controls, stop);
  tell({ type: 'ready' });
};

const obeyLines = (controls: Controls, stop: () => void): void => {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word = '', ...value] = line.trim().split(/\s+/);
    if (word === 'help') say(helpText(controls));
    else if (word === 'figures') say(JSON.stringify(controls.figures()));
    else if (word === 'reset') controls.reset();
    else if (word === 'stop') stop();
    else if (word !== '') turnKnob(controls, word, value.join(' '));
  });
};

const turnKnob = (controls: Controls, name: string, value: string): void => {
  const knob = controls.knobs[name];
  if (knob === undefined) return say(`There is no knob "${name}". There are: ${Object.keys(controls.knobs).join(', ')}.`);
  try {
    knob.turn(value);
  } catch (error) {
    say(`${name}: ${forPerson(error)}`);
  }
};

const helpText = ({ knobs }: Controls): string =>
  [...Object.entries(knobs).map(([name, { help }]) => `${name} ${help}`), 'figures, reset, stop'].join('\n');

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A knob's value as a number of at least 0. */
export const numberOf = (value: string): number => {
  const number = Number(value);
  if (value === '' || !(number >= 0)) throw new Error(`"${value}" is no number of 0 or more`);
  return number;
};

/** A knob's value as on or off. */
export const onOff = (value: string): boolean => {
  if (value !== 'on' && value !== 'off') throw new Error(`"${value}" is neither on nor off`);
  return value === 'on';
};
