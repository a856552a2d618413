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

/** One object for a program, keyed by fault number. */
export const jsonOf = (results: readonly Result[]): Record<string, object> =>
  Object.fromEntries(
    results.flatMap((result) => {
      const { fault, happened, measured, seconds, skipped, passed } = result;
      const row = { name: fault.name, happened, measured, toPass: fault.toPass, seconds };
      return fault.numbers.map((number) => [number, skipped === undefined ? { ...row, passed } : { ...row, skipped }]);
    }),
  );
