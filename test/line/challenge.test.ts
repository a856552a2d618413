import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../../electron/cli/bench/rig.ts';
import type { ApiRouter } from '../../electron/contract/api.ts';

const patience = { timeout: 40_000, interval: 100 };

describe('parts that the PLC announces as challenges', () => {
  let rig: Rig;
  beforeAll(async () => {
    // The belt is to go on after one that went wrong: half of the parts are good, and so no bad parts that were found.
    const recipe = { gate: { distanceCounts: 4000, actuatorMs: 40, failSafe: 'pass-and-mark' } } as const;
    rig = await startRig(['--rate', '10', '--seed', '3', '--defects', '0.5'], () => undefined, { recipe });
  }, 90_000);
  afterAll(() => rig.stop(), 30_000);
  const api = () => createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${rig.url}/api` })] });

  it('are on record with how they went, without a person, and one that goes wrong is an alarm', { timeout: 90_000 }, async () => {
    expect((await api().sinceChallenge.query({ lane: 'lane-1' })).challenge).toBeNull();
    const [lane] = rig.factory.lanes;
    lane?.plc.knob('mode', 'challenge');
    const good = async () => (await api().sinceChallenge.query({ lane: 'lane-1' })).challenge;
    await expect.poll(good, patience).not.toBeNull();
    const alarms = async (): Promise<string[]> => (await api().status.query()).alarms.map(({ id }) => id);
    await expect.poll(alarms, patience).toContain('challenge-failed:lane-1');
    lane?.plc.knob('mode', 'auto');
    const { challenge, parts } = await api().sinceChallenge.query({ lane: 'lane-1', limit: 5 });
    const proof = await api().part.query({ lane: 'lane-1', sequence: challenge?.sequence ?? 0 });
    expect(proof).toMatchObject({ challenge: 'bad', reject: true, gate: 'acknowledged' });
    expect(parts.every(({ sequence }) => sequence > (challenge?.sequence ?? 0))).toBe(true);
  });
});
