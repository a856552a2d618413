import type { Result } from './suite.ts';

const figures = ({ measured }: Result): string =>
  Object.entries(measured)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toFixed(1)}`)
    .join(', ');

const state = ({ skipped, passed }: Result): string => (skipped !== undefined ? 'not run' : passed ? 'pass' : 'falls short');

/** The table for a person: fault, what happened, measured, to pass, pass or falls short. */
export const tableOf = (results: readonly Result[]): string => {
  const head = ['fault', 'what happened', 'measured', 'to pass', ''];
  const rows = results.map((result) => [
    `${result.fault.numbers.join(', ')} ${result.fault.name}`,
    result.skipped ?? result.happened,
    figures(result),
    result.fault.toPass,
    state(result),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`).join('\n');
};

const inCell = (text: string): string => text.replaceAll('\n', ' ').replaceAll('|', '¦');

type Row = { name: string; happened: string; measured: Record<string, number>; toPass: string; seconds: number } & (
  | { passed: boolean }
  | { skipped: string }
);

/** One object for a program, keyed by fault number; what several cases show of one fault is one row. */
export const jsonOf = (results: readonly Result[]): Record<string, Row> => {
  const rows: Record<string, Row> = {};
  for (const result of results)
    for (const number of result.fault.numbers) {
      const before = rows[number];
      rows[number] = before === undefined ? rowOf(result) : together(before, rowOf(result));
    }
  return rows;
};

const rowOf = ({ fault, happened, measured, seconds, skipped, passed }: Result): Row => ({
  ...{ name: fault.name, happened, measured, toPass: fault.toPass, seconds },
  ...(skipped === undefined ? { passed } : { skipped }),
});

const together = (one: Row, other: Row): Row => ({
  name: `${one.name}; ${other.name}`,
  happened: `${one.happened} ${other.happened}`,
  measured: { ...one.measured, ...other.measured },
  toPass: `${one.toPass}; ${other.toPass}`,
  seconds: one.seconds + other.seconds,
  ...shownBy(one, other),
});

/** A case that was not run says nothing beside one that was. */
const shownBy = (one: Row, other: Row): { passed: boolean } | { skipped: string } => {
  if ('skipped' in one) return 'skipped' in other ? { skipped: one.skipped } : { passed: other.passed };
  return { passed: one.passed && ('skipped' in other || other.passed) };
};
