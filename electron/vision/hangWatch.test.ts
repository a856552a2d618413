import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { hangBytes } from '../contract/frame.ts';
import { hangLimits } from './hangWatch.ts';

const pipe = 3;

/** Runs `body` in a process that watches over itself; tells how it ended and what came by its pipe. */
const end = (body: string): { status: number | null; signal: string | null; told: number[] } => {
  const module = new URL('./hangWatch.ts', import.meta.url).href;
  const script = `import { openHangWatch } from '${module}'; const watch = openHangWatch({ tellMs: 100, killMs: 1500 }, ${pipe});
    const block = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    ${body}; await watch.close(); process.exit(7);`;
  const { status, signal, output } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 20_000,
    encoding: 'latin1',
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return { status, signal, told: [...Buffer.from(output[pipe] ?? '', 'latin1')] };
};

describe('hangLimits', () => {
  it('leaves a fast model no time, and a slow one what it needs', () => {
    expect(hangLimits(3)).toEqual({ tellMs: 30, killMs: 200 });
    expect(hangLimits(40)).toEqual({ tellMs: 120, killMs: 400 });
  });
});

describe('openHangWatch', () => {
  it('tells of a process that is blocked in the middle of a frame, and kills it', () => {
    expect(end('watch.working(); block(15_000)')).toEqual({ status: null, signal: 'SIGKILL', told: [hangBytes.hangs] });
  });

  it('lets a process wait for its camera as long as it wants', () => {
    expect(end('watch.working(); watch.waiting(); block(3000)')).toEqual({ status: 7, signal: null, told: [] });
  });

  it('takes back what it told when the work ends after all', () => {
    const { told, status } = end('watch.working(); block(700); watch.waiting(); block(700)');
    expect({ told, status }).toEqual({ told: [hangBytes.hangs, hangBytes.over], status: 7 });
  });
});
