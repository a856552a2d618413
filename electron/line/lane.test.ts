import { describe, expect, it } from 'vitest';
import { openLog } from '../base/log.ts';
import { monoMs } from '../base/clock.ts';
import { recipe as recipeSchema } from '../config/recipe.ts';
import type { FrameScored, VisionState } from '../contract/frame.ts';
import type { GateCommand, GateOutcome, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import { partRecord } from '../contract/record.ts';
import { openLane } from './lane.ts';
import { openMeasured } from './measured.ts';

const labels = [
  { name: 'good', verdict: 'ok' as const },
  { name: 'cracked', verdict: 'nok' as const },
];
const recipe = recipeSchema.parse({
  format: 2,
  name: 'chips',
  product: 'Chips',
  model: '.',
  gate: { distanceCounts: 4000, actuatorMs: 20 },
  images: { okEvery: 3 },
});
const running: VisionState = {
  type: 'state',
  camera: 'running',
  message: '',
  frameSize: { width: 1280, height: 720 },
  roi: { x: 0, y: 0, width: 320, height: 320 },
  model: { name: 'chips', version: '1.0.0', sha8: '01234567', provider: 'cpu', labels },
};
const trigger = (partId: number): Trigger => ({ triggerSeq: partId, partId, encoder: partId * 160, receivedAtMs: monoMs() });
const frame = (part: number, scores: number[]): FrameScored => ({
  type: 'scored',
  sequence: part,
  missedBefore: 0,
  encoder: part * 160,
  exposedAtMs: null,
  inMemoryAtMs: monoMs(),
  preparedAtMs: monoMs(),
  inferredAtMs: monoMs(),
  scores,
  fault: null,
  parts: null,
});

const rule = { labels, thresholds: { ok: 0.9, nok: 0.7 }, alone: [Infinity, Infinity], frames: 'worst' as const, leastFrames: 1 };

const openBench = (
  answer: GateOutcome | ((command: GateCommand) => Promise<GateOutcome>) = 'acknowledged',
  using = recipe,
  isTimed = false,
) => {
  const commands: GateCommand[] = [];
  const records: PartRecord[] = [];
  const pictures: number[] = [];
  const lossless: number[] = [];
  const told: string[] = [];
  const events: string[] = [];
  const ends: [number, GateOutcome][] = [];
  const room = { isThere: true };
  const measured = openMeasured('lane-1');
  const lane = openLane(
    { station: 'S', lane: 'lane-1' },
    { setup: { recipe: using, rule }, lastSequence: 41 },
    {
      send: (command) => {
        commands.push(command);
        return typeof answer === 'function' ? answer(command) : Promise.resolve(answer);
      },
      challenge: () => null,
      askPicture: (sequence, isLossless) => void (isLossless ? lossless : pictures).push(sequence),
      keep: (record) => room.isThere && records.push(record) > 0,
      canKeep: () => room.isThere,
      gateEnd: isTimed ? ({ sequence, outcome }) => void ends.push([sequence, outcome]) : null,
      keepEvent: ({ kind }) => void events.push(kind),
      tell: (fact) => void told.push(fact.type),
      log: openLog('test'),
    },
    measured,
  );
  lane.onVision(running);
  lane.onBelt({ countsPerSecond: 9600, running: true, at: null });
  return { lane, commands, records, pictures, lossless, told, events, measured, room, ends };
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('lane', () => {
  it('gives each part one command and one record, with sequences that go on from the last run', async () => {
    const bench = openBench();
    for (const part of [1, 2]) {
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, part === 1 ? [0.99, 0.01] : [0.05, 0.95]));
    }
    await settled();
    expect(bench.commands.map(({ sequence, partId, verdict, reject }) => ({ sequence, partId, verdict, reject }))).toEqual([
      { sequence: 42, partId: 1, verdict: 'ok', reject: false },
      { sequence: 43, partId: 2, verdict: 'nok', reject: true },
    ]);
    expect(bench.commands[0]?.deadlineEncoder).toBe(160 + 4000 - 192);
    for (const record of bench.records) expect(partRecord.parse(record)).toEqual(record);
    expect(bench.records.map((record) => [record.sequence, record.reason, record.gate])).toEqual([
      [42, 'good', 'acknowledged'],
      [43, 'cracked', 'acknowledged'],
    ]);
  });

  it('records how the gate command ended and counts it', async () => {
    const bench = openBench('late');
    bench.lane.onTrigger(trigger(1));
    bench.lane.onVision(frame(1, [0.99, 0.01]));
    await settled();
    expect(bench.records[0]).toMatchObject({ gate: 'late', gateAckMs: null });
    expect(bench.measured.counts()).toMatchObject({ parts: 1, ok: 1, late: 1, notSent: 0 });
  });

  it('gives the gate no verdict that would leave no record, and goes on when one can be kept', async () => {
    const bench = openBench();
    for (const part of [1, 2, 3]) {
      bench.room.isThere = part !== 2;
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, [0.99, 0.01]));
      await settled();
    }
    expect(bench.commands.map(({ partId }) => partId)).toEqual([1, 3]);
    expect(bench.records.map(({ sequence }) => sequence)).toEqual([42, 44]);
    expect(bench.measured.counts()).toMatchObject({ parts: 3, notSent: 1 });
  });

  it('hands records on in order, whichever command ends first', async () => {
    const slow = Promise.withResolvers<GateOutcome>();
    const bench = openBench(({ partId }) => (partId === 1 ? slow.promise : Promise.resolve('late')));
    for (const part of [1, 2]) {
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, [0.99, 0.01]));
    }
    await settled();
    expect(bench.records).toEqual([]);
    slow.resolve('acknowledged');
    await settled();
    expect(bench.records.map((record) => [record.sequence, record.gate])).toEqual([
      [42, 'acknowledged'],
      [43, 'late'],
    ]);
  });

  it('records a decision when it is made where the gate is far, and how that ended when it has', async () => {
    const slow = Promise.withResolvers<GateOutcome>();
    const bench = openBench(({ partId }) => (partId === 2 ? slow.promise : Promise.resolve('executed')), recipe, true);
    for (const part of [1, 2, 3]) {
      bench.room.isThere = part !== 3;
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, [0.99, 0.01]));
    }
    expect(bench.records.map((record) => [record.sequence, record.gate])).toEqual([
      [42, 'underway'],
      [43, 'underway'],
    ]);
    await settled();
    expect(bench.ends).toEqual([[42, 'executed']]);
    slow.resolve('late');
    await settled();
    expect(bench.ends.at(-1)).toEqual([43, 'late']);
  });

  it('takes a challenge that goes wrong for an interlock, once it is known at the gate', async () => {
    const bench = openBench();
    for (const part of [1, 2]) {
      // The bad part is found, and then it is not.
      bench.lane.onTrigger({ ...trigger(part), challenge: 'bad' });
      bench.lane.onVision(frame(part, part === 1 ? [0.05, 0.95] : [0.99, 0.01]));
      await settled();
      expect(bench.lane.interlocks().map(({ kind }) => kind)).toEqual(part === 1 ? [] : ['challenge-failed']);
    }
    expect(bench.lane.interlocks()).toMatchObject([{ partId: 2, does: 'stop' }]);
    expect(bench.records.map(({ challenge }) => challenge)).toEqual(['bad', 'bad']);
  });

  it('calls a part an error when its frame never came, with the camera’s state as the reason', () => {
    const bench = openBench();
    bench.lane.onVision({ ...running, camera: 'lost', message: '' });
    bench.lane.onTrigger({ ...trigger(1), receivedAtMs: monoMs() - 1000 });
    bench.lane.onTime();
    expect(bench.commands).toMatchObject([{ verdict: 'error', reject: true, score: 0 }]);
    expect(bench.lane.ready()).toBe(false);
  });

  it('answers for its parts at once while inference hangs, and is ready again when the frame ends after all', () => {
    const bench = openBench();
    bench.lane.onTrigger(trigger(1));
    bench.lane.onVision(frame(1, [0.99, 0.01]));
    bench.lane.onTrigger(trigger(2));
    bench.lane.onVision({ type: 'hang', hangs: true });
    expect(bench.lane.ready()).toBe(false);
    bench.lane.onVision({ type: 'hang', hangs: false });
    expect(bench.lane.ready()).toBe(true);
    // Too late: its part has had its verdict.
    bench.lane.onVision(frame(2, [0.99, 0.01]));
    expect(bench.commands.map(({ partId, verdict }) => [partId, verdict])).toEqual([
      [1, 'ok'],
      [2, 'error'],
    ]);
  });

  it('asks for the picture of every part that is not ok, and of every n-th that is', () => {
    const bench = openBench();
    for (let part = 1; part <= 7; part++) {
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, part === 4 ? [0.5, 0.5] : [0.99, 0.01]));
    }
    expect(bench.pictures).toEqual([3, 4, 7]);
  });

  it('asks for pixels of the next parts that a person wants without loss, a few a second', () => {
    const bench = openBench();
    bench.lane.keepLossless({ lane: 'a', count: 2, verdict: 'nok' });
    for (let part = 1; part <= 4; part++) {
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, part === 1 ? [0.99, 0.01] : [0.05, 0.95]));
    }
    // The third and the fourth come within the same half second.
    expect(bench.lossless).toEqual([2]);
    bench.lane.onVision({ type: 'pixels', sequence: 2, width: 1, height: 1, rgb: new Uint8Array(3) });
    bench.lane.onVision({ type: 'pixels', sequence: 99, width: 1, height: 1, rgb: new Uint8Array(3) });
    expect(bench.told).toEqual(['lossless']);
  });

  it('passes a kept picture on with its part, and one of a forgotten frame not at all', () => {
    const bench = openBench();
    bench.lane.onTrigger(trigger(1));
    bench.lane.onVision(frame(1, [0.05, 0.95]));
    const picture = { type: 'picture', use: 'kept', region: null, width: 320, height: 320, jpeg: new Uint8Array(3) } as const;
    bench.lane.onVision({ ...picture, sequence: 1 });
    bench.lane.onVision({ ...picture, sequence: 99 });
    expect(bench.told).toEqual(['picture']);
  });

  const pass = (bench: ReturnType<typeof openBench>, parts: number[], scores: number[]): void => {
    for (const part of parts) {
      bench.lane.onTrigger(trigger(part));
      bench.lane.onVision(frame(part, scores));
    }
  };

  it('gives a part of NaN scores the fail-safe and latches a model fault until a person resets it', async () => {
    const bench = openBench('acknowledged', { ...recipe, gate: { ...recipe.gate, failSafe: 'pass-and-mark' } });
    pass(bench, [1, 2], [Number.NaN, 1]);
    await settled();
    expect(bench.commands).toMatchObject([
      { verdict: 'error', reject: false, mark: true },
      { verdict: 'error', reject: false, mark: true },
    ]);
    expect(bench.records[0]).toMatchObject({ reason: 'model-fault', mark: true });
    for (const record of bench.records) expect(partRecord.parse(record)).toEqual(record);
    expect(bench.lane.interlocks()).toMatchObject([{ kind: 'model-fault', does: 'alarm' }]);
    bench.lane.resetInterlocks();
    expect(bench.lane.interlocks()).toEqual([]);
    expect(bench.events).toEqual(['interlock-tripped', 'interlock-reset']);
  });

  it('sends no second verdict for an id, and counts what was no part', () => {
    const bench = openBench();
    pass(bench, [1, 2], [0.99, 0.01]);
    bench.lane.onTrigger({ ...trigger(2), triggerSeq: 3 });
    bench.lane.onMissed(4);
    expect(bench.commands).toHaveLength(2);
    expect(bench.measured.counts()).toMatchObject({ parts: 2, doubleTriggers: 1, missedTriggers: 4 });
    expect(bench.events).toEqual(['double-trigger', 'missed-trigger']);
  });

  it('decides by another recipe from the moment it is used', async () => {
    const bench = openBench();
    pass(bench, [1], [0.8, 0.2]);
    await settled();
    expect(bench.lane.underway()).toBe(0);
    bench.lane.use({ recipe: { ...recipe, name: 'lenient' }, rule: { ...rule, thresholds: { ok: 0.7, nok: 0.7 } } });
    pass(bench, [2], [0.8, 0.2]);
    await settled();
    expect(bench.records.map(({ recipe: name, verdict }) => [name, verdict])).toEqual([
      ['chips', 'unsure'],
      ['lenient', 'ok'],
    ]);
  });
});
