import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../../electron/cli/bench/rig.ts';
import type { ApiRouter } from '../../electron/contract/api.ts';

const patience = { timeout: 40_000 };

describe('two lanes in one station', () => {
  let rig: Rig;
  const api = () => createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${rig.url}/api` })] });
  const statusOf = async (lane: number) => (await api().status.query()).line?.lanes[lane];
  const partsOf = async (lane: number): Promise<number> => (await statusOf(lane))?.counts.parts ?? 0;
  beforeAll(async () => {
    rig = await startRig(['--rate', '10', '--seed', '3'], () => undefined, { lanes: 2 });
  }, 120_000);
  afterAll(() => rig.stop(), 30_000);

  it('have each their own camera, recipe and gate', { timeout: 60_000 }, async () => {
    const lanes = (await api().status.query()).line?.lanes ?? [];
    expect(lanes.map(({ lane, recipe }) => [lane, recipe])).toEqual([
      ['lane-1', 'chips-in-tape'],
      ['lane-2', 'chips-in-tape-weighed'],
    ]);
    expect(new Set(lanes.map(({ plc }) => plc.endpoint)).size).toBe(2);
  });

  it('do not disturb each other when camera and PLC of one die', { timeout: 90_000 }, async () => {
    const [, second] = rig.factory.lanes;
    await Promise.all([second?.camera.stop(), second?.plc.stop()]);
    await expect.poll(async () => (await statusOf(1))?.plc.state, patience).toBe('connecting');
    await expect.poll(async () => (await statusOf(1))?.camera.state, patience).toBe('lost');
    rig.station.process('line').tell({ type: 'reset' });
    await expect.poll(() => partsOf(0), patience).toBeGreaterThan(40);
    const one = await statusOf(0);
    expect(one?.camera.state).toBe('running');
    const { parts = 0, late = 0, notSent = 0, missedTriggers = 0 } = one?.counts ?? {};
    expect(late + notSent + missedTriggers).toBeLessThan(parts / 10);
    expect(await partsOf(1)).toBe(0);
  });

  it('switch their recipes one by one, when the PLC asks and the belt is empty', { timeout: 150_000 }, async () => {
    const { plc, camera } = rig.factory;
    plc.knob('recipe', '77');
    await expect
      .poll(async () => (await api().events.query({ lane: 'lane-1', limit: 1 }))[0]?.what, patience)
      .toBe('Recipe 77 was refused: no recipe has this number.');
    camera.knob('running', 'off');
    await expect.poll(async () => (await statusOf(0))?.plc.lineRunning, patience).toBe(false);
    plc.knob('recipe', '2');
    await expect.poll(async () => (await statusOf(0))?.recipe, patience).toBe('chips-in-tape-weighed');
    // Other pictures need another camera process; its model is loaded before the belt goes on.
    plc.knob('recipe', '3');
    await expect.poll(async () => (await statusOf(0))?.recipe, patience).toBe('chips-in-tape-thrifty');
    await expect.poll(async () => (await statusOf(0))?.model?.name, patience).toBe('chips-in-tape');
    camera.knob('running', 'on');
    const latest = async () => {
      const [last] = await api().recentParts.query({ lane: 'lane-1', verdicts: ['ok'], limit: 1 });
      return api().part.query({ lane: 'lane-1', sequence: last?.sequence ?? 1 });
    };
    await expect.poll(latest, patience).toMatchObject({ recipe: 'chips-in-tape-thrifty', gate: 'acknowledged' });
  });
});
