import { createInterface } from 'node:readline';
import { knobHelp } from './knobs.ts';

/** What can be asked of the running simulator from outside. */
export interface Controls {
  turn(knob: string, value: string): void;
  figures(): object;
  reset(): void;
  stop(): void;
}

/** Hears the parent process where there is one, else lines on standard input (`rate 30`, `help`, `figures`, `stop`). */
export const obey = (controls: Controls): void => {
  process.on('SIGTERM', controls.stop);
  process.on('SIGINT', controls.stop);
  if (process.send === undefined) return readLines(controls);
  process.on('disconnect', controls.stop);
  process.on('message', (message) => hear(message, controls));
};

const hear = (message: unknown, controls: Controls): void => {
  if (typeof message !== 'object' || message === null) return;
  const { type, name, value } = message as Record<string, unknown>;
  if (type === 'knob') controls.turn(String(name), String(value));
  else if (type === 'counts') process.send?.({ type: 'figures', figures: controls.figures() });
  else if (type === 'reset') controls.reset();
  else if (type === 'stop') controls.stop();
};

const readLines = (controls: Controls): void => {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [word = '', value = ''] = line.trim().split(/\s+/, 2);
    if (word === 'help') process.stderr.write(`${knobHelp()}\nfigures, reset, stop\n`);
    else if (word === 'figures') process.stderr.write(`${JSON.stringify(controls.figures())}\n`);
    else if (word === 'reset') controls.reset();
    else if (word === 'stop') controls.stop();
    else if (word !== '') controls.turn(word, value);
  });
};
