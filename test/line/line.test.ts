import { fileURLToPath } from 'node:url';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from '../../electron/cli/bench/rig.ts';
import { readManifest } from '../../electron/config/modelPackage.ts';
import type { ApiRouter } from '../../electron/contract/api.ts';

/** Enough parts that all classes pass, few enough for a quick test. */
const wantedParts = 200;

interface MesFigures {
  received: number;
  duplicates: number;
  refused: number;
  outOfOrder: number;
}

describe('the demo line, all processes over their real protocols', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(['--rate', '20', '--seed', '3', '--defects', '0.3'], () => undefined);
  }, 90_000);
  afterAll(() => rig.stop());

  it('inspects, sorts, records and reports every part, and all agree on the count', { timeout: 90_000 }, async () => {
    const api = createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${rig.url}/api` })] });
    await expect.poll(async () => (await rig.figures()).lane.parts, { timeout: 60_000 }).toBeGreaterThan(wantedParts);
    rig.factory.camera.knob('running', 'off');
    // A part that was photographed as the belt stopped is still to come: only a count that stands is the count.
    let counted = -1;
    const stillToCome = async (): Promise<number[]> => {
      const { parts } = (await rig.figures()).lane;
      const more = parts - counted;
      counted = parts;
      const { store, mes } = await api.status.query();
      return [more, parts - mes.acknowledged, store.unreported];
    };
    await expect.poll(stillToCome, { timeout: 20_000, interval: 500 }).toEqual([0, 0, 0]);

    const { lane, plc } = await rig.figures();
    const { store, mes } = await api.status.query();
    const received = (await rig.factory.mes.figures()) as MesFigures;
    expect(store.records).toBe(lane.parts);
    expect(mes.acknowledged).toBe(lane.parts);
    expect(received).toMatchObject({ received: lane.parts, outOfOrder: 0, refused: 0 });

    expect(lane.provider).toBe('cpu');
    expect(plc.refused).toBe(0);
    // How few are dropped or late depends on the machine: `npm run bench -- line` measures it.
    expect(lane.dropped + lane.late).toBeLessThan(lane.parts / 10);
    // Parts before the station was up went by the fail-safe; none after.
    expect(plc.parts - plc.missing).toBeLessThanOrEqual(lane.parts);

    const rejects = await api.recentParts.query({ lane: 'lane-1', verdicts: ['nok'], limit: 50 });
    expect(rejects.length).toBeGreaterThan(10);
    expect(rejects.every((part) => part.reject)).toBe(true);
    const withPicture = rejects.find((part) => part.hasPicture);
    const picture = await fetch(`${rig.url}/pictures/lane-1/${withPicture?.sequence}.jpg`);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const [first, second] = new Uint8Array(await picture.arrayBuffer());
    expect([first, second]).toEqual([0xff, 0xd8]);
  });

  it('lets no more bad parts pass than the model package says', async () => {
    const { plc } = await rig.figures();
    const { labels, figures } = readManifest(fileURLToPath(new URL('../../models/reference', import.meta.url)));
    const isBad = labels.map((label) => label.verdict === 'nok');
    const rows = figures.int8.confusion.filter((_, truth) => isBad[truth]);
    const sum = (counts: number[]): number => counts.reduce((total, each) => total + each, 0);
    const passed = sum(rows.map((row) => sum(row.filter((_, predicted) => isBad[predicted] !== true))));
    const promised = passed / sum(rows.map(sum));
    expect(plc.bad).toBeGreaterThan(40);
    // Three standard deviations of so few parts above what the package promises.
    const spread = 3 * Math.sqrt((Math.max(promised, 1 / plc.bad) * (1 - promised)) / plc.bad);
    expect(plc.escapes / plc.bad).toBeLessThanOrEqual(promised + spread);
  });
});
