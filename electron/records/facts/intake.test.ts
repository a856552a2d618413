import { describe, expect, it } from 'vitest';
import type { Arrival } from '../store/keepRecords.ts';
import { openIntake } from './intake.ts';
import { aRecord } from '../../../test/records/record.ts';

const arrival = (sequence: number): Arrival => ({ record: aRecord({ sequence }) });
const sequencesOf = (batch: readonly Arrival[]): number[] =>
  batch.flatMap((each) => ('record' in each ? [each.record.sequence] : []));

/** An intake over a disk that can be told to refuse. */
const overDisk = () => {
  const disk = { kept: [] as number[], refuses: false, groups: 0 };
  const { promise: faulted, resolve } = Promise.withResolvers<string>();
  let wake = (): void => undefined;
  const intake = openIntake({
    keep(batch) {
      if (disk.refuses) throw new Error('disk I/O error');
      disk.kept.push(...sequencesOf(batch));
      disk.groups += 1;
      return { records: batch.length, copies: 0, aside: 0, upTo: {}, gateEnds: [], abandoned: 0 };
    },
    onKept: () => wake(),
    onFault: resolve,
  });
  const until = async (count: number): Promise<void> => {
    while (disk.kept.length < count) await new Promise<void>((resolved) => (wake = resolved));
  };
  return { disk, intake, faulted, until };
};

describe('the intake', () => {
  it('keeps all in order, in groups', async () => {
    const { disk, intake, until } = overDisk();
    for (let sequence = 1; sequence <= 1000; sequence++) intake.take(arrival(sequence));
    await until(1000);
    expect(disk.kept).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(disk.groups).toBeLessThanOrEqual(20);
    expect(intake.commits().count).toBe(disk.groups);
    expect(intake.waiting()).toBe(0);
  });

  it('holds what the disk refuses, says so, and keeps it when the disk is back', async () => {
    const { disk, intake, faulted, until } = overDisk();
    disk.refuses = true;
    intake.take(arrival(1));
    expect(await faulted).toBe('disk I/O error');
    expect(intake.fault()?.message).toBe('disk I/O error');
    intake.take(arrival(2));
    expect(intake.waiting()).toBe(2);
    disk.refuses = false;
    await until(2);
    expect(disk.kept).toEqual([1, 2]);
    expect(intake.fault()).toBeNull();
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
    expect(bad.intake.waiting()).toBe(1);
  });
});
