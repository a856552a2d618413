import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs `body` in a process that watches over itself, and tells how it ended. */
const end = (body: string): { status: number | null; signal: string | null } => {
  const module = new URL('./hangWatch.ts', import.meta.url).href;
  const script = `import { openHangWatch } from '${module}'; const watch = openHangWatch(150);
    const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    ${body}; await watch.close(); process.exit(7);`;
  const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
  return { status, signal };
};

describe('openHangWatch', () => {
  it('kills a process that is blocked in the middle of a frame', () => {
    expect(end('watch.working(); block(15_000)')).toEqual({ status: null, signal: 'SIGKILL' });
  });

  it('lets a process wait for its camera as long as it wants', () => {
    expect(end('watch.working(); watch.waiting(); block(1000)')).toEqual({ status: 7, signal: null });
  });
});
