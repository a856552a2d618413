import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig, timedGate } from '../../electron/cli/bench/rig.ts';
import { databaseFile } from '../../electron/config/paths.ts';
import type { ApiRouter } from '../../electron/contract/api.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import { openReader } from '../../electron/records/store/reader.ts';

const patience = { timeout: 40_000, interval: 100 };
/** The PLC's watch opens the gate 300 ms after our last heartbeat: at ten parts a second that is less than half of the way. */
const watchedCounts = timedGate.distanceCounts / 2;

describe('a gate that the station times, when the process that times it is killed', () => {
  let rig: Rig;
  beforeAll(async () => {
    // What is missed on a loaded machine must not stop the belt here.
    const recipe = { gate: { ...timedGate, failSafe: 'reject' }, interlocks: {} } as const;
    rig = await startRig(['--rate', '10', '--seed', '3', '--defects', '0.3'], () => undefined, { gate: 'line', recipe });
  }, 90_000);
  afterAll(() => rig.stop(), 30_000);

  const api = () => createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${rig.url}/api` })] });
  const recordsNow = (): PartRecord[] => {
    const reader = openReader(databaseFile(`${rig.folder}/data`), 'DEMO');
    try {
      return [...reader.select({})].flatMap(({ records }) => records);
    } finally {
      reader.close();
    }
  };
  const underway = (): PartRecord[] => recordsNow().filter(({ gate }) => gate === 'underway');
  const lane = async () => (await api().status.query()).line?.lanes[0];

  it('has every decision on record, leaves what was on the belt to the fail-safe, and says so', {
    timeout: 120_000,
  }, async () => {
    await expect.poll(async () => (await rig.figures()).lane.parts, patience).toBeGreaterThan(60);
    await expect.poll(() => underway().length, patience).toBeGreaterThan(10);
    expect((await rig.figures()).lane.plc.waiting).toBeGreaterThan(10);

    const line = rig.station.process('line');
    const pid = line.pid() as number;
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => recordsNow().some(({ gate }) => gate === 'unknown'), patience).toBe(true);
    expect(line.pid()).not.toBe(pid);
    const lost = recordsNow().filter(({ gate }) => gate === 'unknown');
    const lastKnown = lost.at(-1) as PartRecord;
    await expect.poll(async () => (await lane())?.interlocks.map(({ kind }) => kind), patience).toContain('gate-restarted');

    const isSortedAgain = (): boolean =>
      recordsNow().some(({ sequence, gate, reject }) => sequence > lastKnown.sequence && reject && gate === 'executed');
    await expect.poll(isSortedAgain, patience).toBe(true);
    rig.factory.camera.knob('running', 'off');

    const records = recordsNow();
    const { ejected } = (await rig.figures()).plc;
    expect(new Set(ejected).size).toBe(ejected.length);
    expect(new Set(records.map(({ partId }) => partId)).size).toBe(records.length);
    // No number between the first and the last is missing: nothing that was decided went with the process.
    expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));
    const watched = lost.filter(({ encoder }) => Number(encoder) > Number(lastKnown.encoder) - watchedCounts);
    expect(watched.length).toBeGreaterThan(5);
    expect(watched.filter(({ partId }) => !ejected.includes(partId))).toEqual([]);
  });

  it('reports every part when it is known how it ended', { timeout: 60_000 }, async () => {
    const known = recordsNow().length;
    rig.factory.camera.knob('running', 'on');
    await expect.poll(async () => (await api().status.query()).mes.acknowledged, patience).toBeGreaterThanOrEqual(known);
  });
});
