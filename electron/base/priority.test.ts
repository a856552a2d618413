import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { givePriority, priorities } from './priority.ts';

const nobodysRealTime = spawnSync('chrt', ['--rr', '1', 'true']).status !== 0;

describe.skipIf(process.platform !== 'linux')('takePriority', () => {
  it('is of all threads, of those that were there and of those that come', () => {
    const module = new URL('./priority.ts', import.meta.url).href;
    // Lowering is always allowed. A collection's helpers are there from the start, the worker comes after.
    const script = `import { takePriority } from '${module}';
      import { readdirSync, readFileSync } from 'node:fs';
      import { Worker } from 'node:worker_threads';
      const taken = takePriority({ nice: 19, realTime: 0 });
      const worker = new Worker('setTimeout(() => {}, 10000)', { eval: true });
      worker.once('online', () => {
        const nice = (thread) => Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ')[1].split(' ')[16]);
        process.stdout.write(JSON.stringify({ taken, nices: readdirSync('/proc/self/task').map(nice) }));
        process.exit();
      });`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000, encoding: 'utf8' });
    const { taken, nices } = JSON.parse(stdout) as { taken: boolean; nices: number[] };
    expect(taken).toBe(true);
    expect(nices.length).toBeGreaterThan(2);
    expect(new Set(nices)).toEqual(new Set([19]));
  });

  it.skipIf(nobodysRealTime)('is real time while there is a gate to drive, and not while a process loads', () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)']);
    const policies = (): string => spawnSync('chrt', ['--all-tasks', '--pid', `${child.pid}`], { encoding: 'utf8' }).stdout;
    try {
      givePriority(child.pid, priorities.gate);
      expect(policies()).toMatch(/SCHED_RR/);
      expect(policies()).not.toMatch(/SCHED_OTHER/);
      givePriority(child.pid, priorities.loading);
      expect(policies()).not.toMatch(/SCHED_RR/);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
