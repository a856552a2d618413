import { describe, expect, it } from 'vitest';
import type { TriggerValues } from './join.ts';
import { takeRead, takeStamped } from './triggers.ts';

const trigger = (TriggerSeq: number): TriggerValues => ({
  TriggerSeq,
  PartId: 1000 + TriggerSeq,
  EncoderAtTrigger: 400 * TriggerSeq,
});
const rig = () => {
  const standing: number[] = [];
  const told: number[] = [];
  return {
    ...{ standing, told },
    news: {
      onStanding: (seq: number) => standing.push(seq),
      onTrigger: ({ TriggerSeq }: TriggerValues) => told.push(TriggerSeq),
    },
  };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('triggers by a common time stamp', () => {
  it('are taken when all three tags have come, and not what stood there', () => {
    const { news, standing, told } = rig();
    const { hear } = takeStamped(news);
    for (const [stamp, seq] of [
      [1, 7],
      [2, 8],
    ] as const)
      for (const [tag, value] of Object.entries(trigger(seq))) hear(tag as keyof TriggerValues, stamp, value);
    expect({ standing, told }).toEqual({ standing: [7], told: [8] });
  });
});

describe('triggers that are read', () => {
  /** The program's tags: what a read finds, in turn; `null` while they are being set. */
  const taking = (found: (TriggerValues | null)[]) => {
    const { news, ...heard } = rig();
    const reads = [...found];
    const read = (): Promise<TriggerValues | null> => {
      const next = reads.shift();
      return next === undefined ? Promise.reject(new Error('session closed')) : Promise.resolve(next);
    };
    const { hear } = takeRead(read, news);
    return { ...heard, reads, hear: (seq: number) => hear('TriggerSeq', 0, seq) };
  };

  it('are told once each, but for the one that stood there', async () => {
    const { hear, standing, told } = taking([trigger(8), trigger(9)]);
    hear(7);
    hear(8);
    await settled();
    hear(9);
    await settled();
    expect({ standing, told }).toEqual({ standing: [7], told: [8, 9] });
  });

  it('are told as the newest where two came within one read, and never twice', async () => {
    const { hear, told, reads } = taking([trigger(9), trigger(9)]);
    hear(7);
    hear(8);
    hear(9);
    await settled();
    expect({ told, reads }).toEqual({ told: [9], reads: [] });
  });

  it('are read again while the program sets them', async () => {
    const { hear, told } = taking([null, null, trigger(8)]);
    hear(7);
    hear(8);
    await settled();
    expect(told).toEqual([8]);
  });

  it('are not told when the read fails, and the next one is', async () => {
    const { hear, told, reads } = taking([]);
    hear(7);
    hear(8);
    await settled();
    expect(told).toEqual([]);
    reads.push(trigger(9));
    hear(9);
    await settled();
    expect(told).toEqual([9]);
  });
});
