import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import { csvLine } from '../base/csv.ts';
import { PersonError } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import { type PartRecord, partRecord } from '../contract/record.ts';
import { verdictKinds } from '../contract/verdict.ts';
import { openReader, type Selection } from '../records/store/reader.ts';
import { openProgress } from './progress.ts';

interface Options {
  station: string;
  out?: string;
  format: string;
  lane?: string;
  from?: string;
  to?: string;
  verdict?: string[];
  order?: string;
  model?: string;
  recipe?: string;
}

const formats = ['csv', 'jsonl'] as const;
const columns = Object.keys(partRecord.shape) as (keyof PartRecord)[];

/** `linegate export`: records as CSV or JSON Lines, read beside a running station. */
export const exportCommand = (program: Command): void => {
  program
    .command('export')
    .description('write records as CSV or JSON Lines; the station may run')
    .requiredOption('--station <file>', 'station file')
    .option('--out <file>', 'where to; standard output when left out')
    .option('--format <name>', formats.join(' or '), 'csv')
    .option('--lane <name>', 'one lane only')
    .option('--from <time>', 'decided at or after: 2026-11-21 or 2026-11-21T06:00Z')
    .option('--to <time>', 'decided before')
    .option('--verdict <kind...>', `some of ${verdictKinds.join(', ')}`)
    .option('--order <name>', 'made for this order of the MES')
    .option('--model <name>', 'decided by this model')
    .option('--recipe <name>', 'decided by this recipe')
    .action((options: Options) => exportRecords(options));
};

const timeOf = (text: string | undefined, option: string): number | undefined => {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new PersonError(`"${option} ${text}" is no time.`, 'Write it like 2026-11-21T06:00Z.');
  return ms;
};

const selectionOf = ({ lane, from, to, verdict, order, model, recipe }: Options): Selection => {
  const unknown = verdict?.find((kind) => !verdictKinds.some((known) => known === kind));
  if (unknown !== undefined) throw new PersonError(`There is no verdict "${unknown}".`, `There are: ${verdictKinds.join(', ')}.`);
  return { lane, fromMs: timeOf(from, '--from'), toMs: timeOf(to, '--to'), verdicts: verdict, order, model, recipe };
};

/** A record as one line; a list of scores stands in one field. */
const lineOf = (record: PartRecord, format: string): string =>
  format === 'jsonl'
    ? JSON.stringify(record)
    : csvLine(columns.map((column) => (column === 'scores' ? record.scores.join(' ') : record[column])));

const exportRecords = async (options: Options): Promise<void> => {
  const format = formats.find((each) => each === options.format);
  if (format === undefined) throw new PersonError(`There is no format "${options.format}".`, `Choose ${formats.join(' or ')}.`);
  const selection = selectionOf(options);
  const { station, dataDir } = loadStation(resolve(options.station));
  const reader = openReader(databaseFile(dataDir), station);
  const out: Writable = options.out === undefined ? process.stdout : createWriteStream(options.out);
  const progress = openProgress('Exporting', reader.span(selection));
  try {
    let count = 0;
    if (format === 'csv') out.write(`${csvLine(columns)}\n`);
    for (const { records, done } of reader.select(selection)) {
      const isFull = !out.write(records.map((record) => `${lineOf(record, format)}\n`).join(''));
      if (isFull) await once(out, 'drain');
      count += records.length;
      progress.at(done);
    }
    if (options.out !== undefined) await finish(out);
    progress.done();
    process.stderr.write(`${count} records exported.\n`);
  } finally {
    reader.close();
  }
};

const finish = async (out: Writable): Promise<void> => {
  out.end();
  await once(out, 'finish');
};
