import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosen, loadFaults } from './suite.ts';

/** A case takes some ten seconds on a machine that has nothing else to do. */
const patienceMs = 300_000;
const suites = await Promise.all(
  (['faults', 'durability'] as const).map(async (suite) => {
    const cases = await loadFaults(join(import.meta.dirname, '..', suite, 'cases'));
    return { suite, cases: chosen(cases, { numbers: [], quick: true }) };
  }),
);

describe.each(suites)('quick $suite', ({ cases }) => {
  it.each(cases)('$numbers $name', { timeout: patienceMs }, async ({ run }) => {
    const { skipped, passed, happened, measured } = await run({ full: false, say: () => undefined });
    // What this machine lacks is said, and nothing is claimed.
    if (skipped === undefined) expect(passed, `${happened} ${JSON.stringify(measured)}`).toBe(true);
  });
});
