import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { csvLine } from '../base/csv.ts';
import { PersonError } from '../base/errors.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import { type PartRecord, partRecord } from '../contract/record.ts';
import { verdictKinds } from '../contract/verdict.ts';
import { openReader, type Reader, type Selection } from '../records/store/reader.ts';
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
type Format = (typeof formats)[number];
const columns = Object.keys(partRecord.shape) as (keyof PartRecord)[];

/** `linegate export`: records as CSV or JSON Lines, read beside a running station. */
export const exportCommand = (program: Command): void => {
  program
    .command('export')
    .description('write records as CSV or JSON Lines; the station may run')
    .requiredOption('--station <file>', 'station file')
    .option('--out <file>', 'where to, replaced once all is written; standard output when left out')
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
const lineOf = (record: PartRecord, format: Format): string =>
  format === 'jsonl'
    ? JSON.stringify(record)
    : csvLine(columns.map((column) => (column === 'scores' ? record.scores.join(' ') : record[column])));

/** The text of all records, piece by piece; `onPiece` hears of each before it is written. */
function* piecesOf(
  selected: ReturnType<Reader['select']>,
  format: Format,
  onPiece: (records: number, done: number) => void,
): Generator<string> {
  if (format === 'csv') yield `${csvLine(columns)}\n`;
  for (const { records, done } of selected) {
    onPiece(records.length, done);
    yield records.map((record) => `${lineOf(record, format)}\n`).join('');
  }
}

const exportRecords = async (options: Options): Promise<void> => {
  const format = formats.find((each) => each === options.format);
  if (format === undefined) throw new PersonError(`There is no format "${options.format}".`, `Choose ${formats.join(' or ')}.`);
  const selection = selectionOf(options);
  const { station, dataDir } = loadStation(resolve(options.station));
  const reader = openReader(databaseFile(dataDir), station);
  if (selection.lane !== undefined && !reader.lanes.includes(selection.lane))
    throw new PersonError(`There is no lane "${selection.lane}".`, `There are: ${reader.lanes.join(', ')}.`);
  const progress = openProgress('Exporting', reader.span(selection));
  let count = 0;
  const pieces = piecesOf(reader.select(selection), format, (records, done) => {
    count += records;
    progress.at(done);
  });
  try {
    if (options.out === undefined) await pipeline(pieces, process.stdout, { end: false });
    else await writeWhole(resolve(options.out), pieces);
  } finally {
    progress.done();
    reader.close();
  }
  process.stderr.write(`${count} records exported.\n`);
};

/** Writes a file that has its name only when it is whole. Rejects with {@link PersonError} when the disk refuses. */
const writeWhole = async (path: string, pieces: Iterable<string>): Promise<void> => {
  // A pipe or a device is written as it is.
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  const unfinished = isFile ? `${path}.unfinished` : path;
  try {
    await pipeline(pieces, createWriteStream(unfinished));
    if (isFile) renameSync(unfinished, path);
  } catch (cause) {
    if (isFile) rmSync(unfinished, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new PersonError(`${path} cannot be written: ${cause.message}.`, 'Name a place with --out where there is room.', {
      cause,
    });
  }
};
