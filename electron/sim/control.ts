import { createInterface } from 'node:readline';
import type { FromProcess } from '../contract/process.ts';

/** How a simulator is steered: by its parent over IPC ({@link ToSim}), or by lines `knob value` on standard input. */
export interface Controls {
  /** By name; throws an Error for a value that makes no sense. */
  knobs: Record<string, { help: string; turn(value: string): void }>;
  counts(): unknown;
  reset(): void;
  stop(): Promise<void>;
}

export type ToSim = { type: 'counts' } | { type: 'reset' } | { type: 'stop' } | { type: 'knob'; name: string; value: string };

/** Obeys until the process is asked to stop: by message, signal, or the end of its parent. Tells the parent that it is ready. */
export const obey = (controls: Controls): void => {
  const tell = (message: FromProcess): void => void process.send?.(message);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void controls.stop().finally(() => process.exit(0));
  };
  process.on('message', (message: ToSim) => {
    if (message.type === 'counts') tell({ type: 'figures', figures: controls.counts() });
    if (message.type === 'reset') controls.reset();
    if (message.type === 'knob') turnKnob(controls, message.name, message.value);
    if (message.type === 'stop') stop();
  });
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.send === undefined) obeyLines(controls);
  tell({ type: 'ready' });
};

const obeyLines = (controls: Controls): void => {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [name = '', ...value] = line.trim().split(/\s+/);
    if (name === 'counts') console.log(JSON.stringify(controls.counts()));
    else if (name !== '') turnKnob(controls, name, value.join(' '));
  });
};

const turnKnob = (controls: Controls, name: string, value: string): void => {
  const knob = controls.knobs[name];
  if (knob === undefined) return say(helpText(controls));
  try {
    knob.turn(value);
  } catch (error) {
    say(`${name}: ${String(error)}`);
  }
};

const helpText = ({ knobs }: Controls): string =>
  ['counts   what was counted so far', ...Object.entries(knobs).map(([name, { help }]) => `${name} ${help}`)].join('\n');

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
