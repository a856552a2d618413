import { describe, expect, it } from 'vitest';
import { countVitest, summaryLine } from './counts.mjs';

const tests = (...statuses: string[]) => statuses.map((status) => ({ status }));
const report = (...testResults: { status: string; assertionResults: { status: string }[] }[]) => JSON.stringify({ testResults });

describe('countVitest', () => {
  it('counts what passed, failed, and did not run', () => {
    const two = report(
      { status: 'failed', assertionResults: tests('passed', 'failed', 'skipped') },
      { status: 'passed', assertionResults: tests('passed', 'todo', 'pending') },
    );
    expect(countVitest(two, false)).toEqual({ passed: 2, failed: 1, skipped: 3 });
  });
  it('counts a file that could not be loaded as a failure', () => {
    expect(countVitest(report({ status: 'failed', assertionResults: [] }), false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
  it('never says that nothing failed when vitest says otherwise', () => {
    expect(countVitest(report({ status: 'passed', assertionResults: tests('passed') }), false).failed).toBe(1);
    expect(countVitest(null, true).failed).toBe(1);
  });
});

it('closes with one plain line', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 1 })).toBe('3 passed, 0 failed, 1 skipped');
});
