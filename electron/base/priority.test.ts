import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

describe.skipIf(process.platform !== 'linux')('takePriority', () => {
  it('is of all threads, of those that were there and of those that come', () => {
    const module = new URL('./priority.ts', import.meta.url).href;
    // Lowering is always allowed. A collection's helpers are there from the start, the worker comes after.
    const script = `import { takePriority } from '${module}';
      import { readdirSync, readFileSync } from 'node:fs';
      import { Worker } from 'node:worker_threads';
      const taken = takePriority(19);
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
});
