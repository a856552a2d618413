import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from './fault.ts';
import { chosen, loadFaults, runFaults } from './suite.ts';
import { jsonOf, tableOf } from './table.ts';

const how = { full: false, say: () => undefined };

const fault = (numbers: number[], quick: boolean, run: Fault['run']): Fault => ({
  numbers,
  name: 'n',
  toPass: '≤ 1',
  quick,
  run,
});
const passes = fault([1, 2], true, async () => ({ happened: 'well', measured: { gapMs: 0.25 }, passed: true }));
const throws = fault([7], false, async () => Promise.reject(new Error('no | camera')));
const lacks = fault([6], true, async () => ({ happened: '', measured: {}, passed: false, skipped: 'no strace here' }));

describe('fault suite', () => {
  it('chooses by number and quickness', () => {
    expect(chosen([passes, throws, lacks], { numbers: [], quick: true })).toEqual([passes, lacks]);
    expect(chosen([passes, throws, lacks], { numbers: [2, 7], quick: false })).toEqual([passes, throws]);
  });

  it('goes on after a case that throws, and calls it short', async () => {
    const results = await runFaults([throws, passes, lacks], how);
    expect(results.map(({ passed }) => passed)).toEqual([false, true, false]);
    const json = jsonOf(results);
    expect(Object.keys(json)).toEqual(['1', '2', '6', '7']);
    expect(json[2]).toMatchObject({ happened: 'well', measured: { gapMs: 0.25 }, passed: true });
    expect(json[6]).not.toHaveProperty('passed');
    expect(jsonOf([...results, ...(await runFaults([throws], how))])[7]).toMatchObject({ passed: false, toPass: '≤ 1; ≤ 1' });
    const table = tableOf(results).split('\n');
    expect(table).toHaveLength(5);
    expect(table[2]).toContain('no ¦ camera');
    expect(table[4]).toContain('not run');
  });

  it.each(['faults', 'durability'])('finds only whole cases in %s, each by its own name', async (suite) => {
    const faults = await loadFaults(join(import.meta.dirname, '..', suite, 'cases'));
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(faults.every(({ numbers }) => numbers.length > 0)).toBe(true);
    expect(faults.every(({ name, toPass }) => name !== '' && toPass !== '')).toBe(true);
  });
});
