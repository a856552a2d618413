import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openLog } from '../base/log.ts';
import { type ProcessSpec, supervise, type Supervised } from './process.ts';

const folder = mkdtempSync(join(tmpdir(), 'linegate-'));
const log = openLog('test');
log.level = 'silent';

/** A process that beats, answers, stops when asked, and hangs or dies when told to. */
const worker = join(folder, 'worker.mjs');
writeFileSync(
  worker,
  `const beat = () => process.send({ type: 'heartbeat', work: 1, rssBytes: 7, lastSequence: { a: 41 } });
   process.send({ type: 'ready' });
   beat();
   const timer = setInterval(beat, 20);
   process.on('message', ({ type }) => {
     if (type === 'figures') process.send({ type: 'figures', figures: { pid: process.pid, knows: process.env.LINEGATE_LAST_SEQUENCES } });
     if (type === 'stop') process.exit(0);
     if (type === 'reset') clearInterval(timer); // alive, but no work is done any more
   });`,
);
const spec: ProcessSpec = {
  name: 'worker',
  entry: worker,
  args: [],
  execArgv: [],
  rule: { heartbeatTimeoutMs: 400, startTimeoutMs: 10_000, givesUp: true },
};

let supervised: Supervised | null = null;
afterEach(() => supervised?.stop());
const start = async (): Promise<Supervised> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  supervised = supervise(spec, log, { onReady: resolve, onState: () => undefined, onMessage: () => undefined });
  await promise;
  return supervised;
};
const pidAfter = async (process_: Supervised, before: number | undefined): Promise<number | undefined> => {
  await expect.poll(() => process_.pid(), { timeout: 10_000 }).not.toBe(before);
  return process_.pid();
};

describe('supervise', () => {
  it('starts a killed process again, and tells it how far its sequences were', async () => {
    const process_ = await start();
    await expect.poll(() => process_.rssBytes()).toBe(7);
    const before = process_.pid();
    process.kill(before ?? 0, 'SIGKILL');
    const after = await pidAfter(process_, before);
    expect(await process_.figures()).toEqual({ pid: after, knows: '{"a":41}' });
  });

  it('kills a process whose loop turns but that does no work, and starts it again', async () => {
    const process_ = await start();
    const before = process_.pid();
    process_.tell({ type: 'reset' });
    expect(await pidAfter(process_, before)).toBeGreaterThan(0);
  });

  it('lets a process stand that crashed too often, until a person has it started again', { timeout: 20_000 }, async () => {
    const process_ = await start();
    for (let crash = 1; crash <= 5; crash++) {
      const before = process_.pid();
      process.kill(before ?? 0, 'SIGKILL');
      if (crash < 5) await pidAfter(process_, before);
    }
    await expect.poll(() => process_.known().watched.state, { timeout: 5000 }).toBe('safe');
    const before = process_.pid();
    process_.startAgain();
    expect(await pidAfter(process_, before)).toBeGreaterThan(0);
  });

  it('stops a process for good', async () => {
    const process_ = await start();
    const pid = process_.pid() ?? 0;
    await process_.stop();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});
