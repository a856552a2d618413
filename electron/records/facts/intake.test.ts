import { describe, expect, it } from 'vitest';
import type { Arrival } from '../store/keepRecords.ts';
import { type Incoming, openIntake } from './intake.ts';
import { aRecord } from '../../../test/records/record.ts';

const arrival = (sequence: number): Arrival => ({ record: aRecord({ sequence }) });
const event = (id: string): Incoming => ({ event: { id, lane: 'lane-1', kind: 'mode-changed', what: 'x', atMs: 1 } });
const sequencesOf = (batch: readonly Arrival[]): number[] =>
  batch.flatMap((each) => ('record' in each ? [each.record.sequence] : []));

/** An intake over a disk that can be told to refuse. */
const overDisk = () => {
  const disk = { kept: [] as (number | string)[], refuses: false, groups: 0, acknowledged: [] as string[] };
  const { promise: refused, resolve: tellRefused } = Promise.withResolvers<void>();
  let wake = (): void => undefined;
  const write = (...content: (number | string)[]): void => {
    if (disk.refuses) {
      tellRefused();
      throw new Error('disk I/O error');
    }
    disk.kept.push(...content);
    disk.groups += 1;
  };
  const intake = openIntake({
    keep(batch) {
      write(...sequencesOf(batch));
      return { records: batch.length, copies: 0, aside: 0, upTo: {}, gateEnds: [], abandoned: 0 };
    },
    keepEvent: ({ id }) => write(id),
    onKept: () => wake(),
    onEventKept: ({ id }) => {
      disk.acknowledged.push(id);
      wake();
    },
  });
  const until = async (count: number): Promise<void> => {
    while (disk.kept.length < count) await new Promise<void>((resolved) => (wake = resolved));
  };
  return { disk, intake, refused, until };
};

describe('the intake', () => {
  it('keeps all in order, in groups', async () => {
    const { disk, intake, until } = overDisk();
    for (let sequence = 1; sequence <= 1000; sequence++) intake.take(arrival(sequence));
    await until(1000);
    expect(disk.kept).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(disk.groups).toBeLessThanOrEqual(20);
    expect(intake.commits().count).toBe(disk.groups);
  });

  it('holds what the disk refuses, and keeps it when the disk is back', async () => {
    const { disk, intake, refused, until } = overDisk();
    disk.refuses = true;
    intake.take(arrival(1));
    await refused;
    intake.take(arrival(2));
    expect(disk.kept).toEqual([]);
    disk.refuses = false;
    await until(2);
    expect(disk.kept).toEqual([1, 2]);
  });

  it('keeps events among the records, tries them again, and acknowledges them when they are on disk', async () => {
    const { disk, intake, refused, until } = overDisk();
    disk.refuses = true;
    intake.take(event('a'));
    await refused;
    for (const incoming of [arrival(1), arrival(2), event('b'), arrival(3)]) intake.take(incoming);
    expect(disk.acknowledged).toEqual([]);
    disk.refuses = false;
    await until(5);
    expect(disk.kept).toEqual(['a', 1, 2, 'b', 3]);
    expect(disk.groups).toBe(4);
    expect(disk.acknowledged).toEqual(['a', 'b']);
  });

  it('writes what is there when it closes, and ends even when the disk refuses', () => {
    const good = overDisk();
    for (let sequence = 1; sequence <= 100; sequence++) good.intake.take(arrival(sequence));
    good.intake.close();
    expect(good.disk.kept).toHaveLength(100);
    const bad = overDisk();
    bad.disk.refuses = true;
    bad.intake.take(arrival(1));
    bad.intake.close();
    expect(bad.disk.kept).toEqual([]);
  });
});
