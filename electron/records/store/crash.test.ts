import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aFolder, aStore } from '../../../test/records/store.ts';

/** Keeps records as fast as it can and tells its parent after each commit, until it is killed. */
const writer = (file: string): string => `
  import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'store.ts'))};
  import { aRecord } from ${JSON.stringify(join(import.meta.dirname, '../../../test/records/record.ts'))};
  const store = openStore({ file: ${JSON.stringify(file)}, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => 0 });
  let sequence = store.lastSequences()['lane-1'];
  setInterval(() => {
    store.keep([1, 2, 3].map((step) => ({ record: aRecord({ sequence: sequence + step }) })), 0);
    process.send(sequence += 3);
  }, 1);`;

describe('a store whose process is killed', () => {
  it('has every record it acknowledged, each with its report, and lets the next process in', async () => {
    const file = join(aFolder(), 'records.sqlite');
    let acknowledged = 0;
    for (const commits of [1, 7, 20]) {
      const child = fork('-', {
        execArgv: ['--input-type=module', '--disable-warning=ExperimentalWarning'],
        stdio: ['pipe', 1, 2, 'ipc'],
      });
      child.stdin?.end(writer(file));
      child.on('message', (sequence: number) => {
        acknowledged = sequence;
      });
      for (let commit = 0; commit < commits; commit++) await once(child, 'message');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const store = aStore({ file, lanes: ['lane-1'] });
    const last = store.lastSequences()['lane-1'] ?? 0;
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    expect(last % 3).toBe(0);
    expect(store.totals()).toMatchObject({ records: last, unreported: last });
    expect(store.reports.next(last + 1)).toHaveLength(last);
    expect(store.recentGaps(0)).toEqual([]);
  });
});
