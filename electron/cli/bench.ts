import { type Command, Option } from 'commander';
import { PersonError } from '../base/errors.ts';
import { type GateMode, gateModes } from '../contract/gate.ts';
import { benchLine, type LineRun } from './bench/line.ts';
import { benchOutbox } from './bench/outbox.ts';
import { benchRate } from './bench/rate.ts';
import { benchStore } from './bench/store.ts';
import { lanesOf } from './lanes.ts';

const say = (what: string): void => void process.stderr.write(`${what}\n`);

const print = (result: object, json: boolean | undefined): void =>
  void process.stdout.write(`${json === true ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);

const positive = (text: string, option: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new PersonError(`"${option} ${text}" is not understood.`, 'Give a number above 0.');
  return value;
};

interface LineOptions {
  seconds: string;
  rate: string;
  lanes: string;
  gate: GateMode;
  freeRunning?: string;
  json?: boolean;
}

const lineRun = ({ seconds, rate, lanes, gate, freeRunning }: LineOptions): LineRun => {
  if (gate === 'line' && freeRunning !== undefined)
    throw new PersonError('A timed gate is measured with triggered parts only.', 'Leave out --free-running or --gate line.');
  return {
    ...{ seconds: positive(seconds, '--seconds'), rate: positive(rate, '--rate'), lanes: lanesOf(lanes), gate },
    freeRunningFps: freeRunning === undefined ? null : positive(freeRunning, '--free-running'),
  };
};

/** `linegate bench line|rate|store|outbox`: what this machine reaches, measured on the demo line. */
export const benchCommand = (program: Command): void => {
  const bench = program.command('bench').description('measure what this machine reaches');
  bench
    .command('line')
    .description('run the demo line and measure every step of a part')
    .option('--seconds <n>', 'how long', '60')
    .option('--rate <n>', 'parts a second', '60')
    .option('--lanes <n>', 'lanes at once, each with its own camera, PLC and gate', '1')
    .addOption(
      new Option('--gate <who>', 'who times the gate: the PLC, or the line by encoder and speed')
        .choices(gateModes)
        .default('plc'),
    )
    .option('--free-running <fps>', 'a camera that fires itself so many times a second; --rate is parts a second then')
    .option('--json', 'print the result as one JSON object, the last line')
    .action(async (options: LineOptions) => print(await benchLine(lineRun(options), say), options.json));
  bench
    .command('rate')
    .description('find the highest rate that one lane holds')
    .option('--seconds <n>', 'how long each step', '10')
    .option('--json', 'print the result as one JSON object, the last line')
    .action(async (options: { seconds: string; json?: boolean }) =>
      print(await benchRate(positive(options.seconds, '--seconds'), say), options.json),
    );
  bench
    .command('outbox')
    .description('drain reports that waited for the MES, and measure the line meanwhile')
    .option('--records <n>', 'how many', '100000')
    .option('--json', 'print the result as one JSON object, the last line')
    .action(async (options: { records: string; json?: boolean }) =>
      print(await benchOutbox(Math.round(positive(options.records, '--records')), say), options.json),
    );
  bench
    .command('store')
    .description('fill a store and measure its size, its start and each question')
    .option('--records <n>', 'how many', '1000000')
    .option('--json', 'print the result as one JSON object, the last line')
    .action((options: { records: string; json?: boolean }) =>
      print(benchStore(Math.round(positive(options.records, '--records'))), options.json),
    );
};
