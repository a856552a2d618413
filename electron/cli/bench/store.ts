import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { monoMs } from '../../base/clock.ts';
import type { PartRecord } from '../../contract/record.ts';
import { openStore, type Store } from '../../records/store/store.ts';
import { openProgress } from '../progress.ts';

/** Parts a second of the line whose records these are: ten million of them are two days. */
const rate = 60;
const batch = 1000;
const times = 200;
const startMs = Date.UTC(2026, 8, 1, 6);
const hourMs = 3_600_000;

/** What one question took, milliseconds. */
interface Taken {
  p50: number;
  p99: number;
}

/** What `linegate bench store --json` prints. */
export interface StoreResult {
  records: number;
  bytesPerRecord: number;
  fileMiB: number;
  keptPerSecond: number;
  /** From opening the file to the first answer. */
  startMs: number;
  questionMs: Record<string, Taken>;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

const defects = ['missing', 'cracked', 'tilted', 'marking', 'contamination'];

const orders = 20;
const orderOf = (sequence: number, total: number): string => `PO-${Math.floor((sequence * orders) / (total + 1))}`;

/** One part in fifty is bad, one in two hundred unsure; the defects are not equally frequent; the model changes twice, the order twenty times. */
const recordOf = (sequence: number, total: number): PartRecord => {
  const turn = (sequence * 2_654_435_761) % 2 ** 32;
  const isBad = turn % 50 === 0;
  const isUnsure = !isBad && turn % 200 === 1;
  const reason = isBad ? (defects[Math.min(turn % 7, turn % 5)] ?? 'missing') : isUnsure ? 'low-confidence' : 'good';
  const confidence = Math.fround(0.5 + (turn % 1000) / 2000);
  return {
    ...{ station: 'bench', lane: 'lane-1', sequence, partId: sequence, encoder: (sequence * 800) % 2 ** 32 },
    ...{ verdict: isBad ? 'nok' : isUnsure ? 'unsure' : 'ok', reason, label: isUnsure ? 'good' : reason },
    ...{ confidence, scores: [confidence, ...defects.map(() => Math.fround((1 - confidence) / defects.length))] },
    ...{
      model: 'parts',
      modelVersion: `1.${Math.floor((sequence * 3) / (total + 1))}.0`,
      modelSha8: '01234567',
      provider: 'cpu',
    },
    ...{ recipe: 'resistor-0603', order: orderOf(sequence, total), lot: 'L-1', frameSequence: sequence },
    ...{ reject: isBad || isUnsure, mark: false, gate: 'acknowledged', challenge: null },
    ...{ decidedAtMs: startMs + Math.floor((sequence * 1000) / rate), decidedMonoMs: (sequence * 1000) / rate },
    ...{ verdictMs: 2.1 + (turn % 100) / 100, gateAckMs: 0.3 + (turn % 50) / 100 },
  };
};

const measure = (ask: (turn: number) => unknown): Taken => {
  const histogram = createHistogram({ lowest: 1, highest: 60_000_000, figures: 3 });
  for (let turn = 0; turn < times; turn++) {
    const before = monoMs();
    ask(turn);
    histogram.record(Math.max(1, Math.round((monoMs() - before) * 1000)));
  }
  return { p50: round(histogram.percentile(50) / 1000), p99: round(histogram.percentile(99) / 1000) };
};

/** The questions of screens and people, each at another place of the records every time. */
const askAll = (store: Store, records: number): Record<string, Taken> => {
  const lane = 'lane-1';
  const endMs = startMs + (records * 1000) / rate;
  const place = (turn: number): number => Math.floor((((turn * 7919) % times) / times) * records) + 1;
  const timeOf = (turn: number): number => startMs + (place(turn) * 1000) / rate;
  const ago = (lengthMs: number) => ({ fromMs: Math.max(startMs, endMs - lengthMs), toMs: endMs });
  return {
    part: measure((turn) => store.part({ lane, sequence: place(turn) })),
    newestParts: measure(() => store.parts({ lane, limit: 50 })),
    newestRejects: measure(() => store.parts({ lane, verdicts: ['nok', 'unsure', 'error'], limit: 50 })),
    partsOfTime: measure((turn) => store.parts({ lane, fromMs: timeOf(turn), toMs: timeOf(turn) + 60_000, limit: 200 })),
    rejectsOfTime: measure((turn) =>
      store.parts({ lane, verdicts: ['nok'], fromMs: timeOf(turn), toMs: timeOf(turn) + hourMs, limit: 200 }),
    ),
    partsOfClass: measure((turn) =>
      store.parts({ lane, classes: [defects[turn % 5] ?? ''], before: place(turn) + 1, limit: 50 }),
    ),
    partsOfModel: measure((turn) => store.parts({ lane, model: 'parts', before: place(turn) + 1, limit: 50 })),
    partsOfOrder: measure((turn) => store.parts({ lane, order: orderOf(place(turn), records), limit: 50 })),
    rareInLongTime: measure(() => store.parts({ lane, verdicts: ['error'], fromMs: startMs, toMs: endMs, limit: 50 })),
    countsOfShift: measure((turn) => store.production.counts({ lane, fromMs: timeOf(turn), toMs: timeOf(turn) + 8 * hourMs })),
    countsOfMonth: measure(() => store.production.counts({ lane, ...ago(30 * 24 * hourMs) })),
    paretoOfMonth: measure(() => store.production.defects({ lane, ...ago(30 * 24 * hourMs) })),
    countsOfOrder: measure((turn) =>
      store.production.counts({ lane, ...ago(30 * 24 * hourMs), order: orderOf(place(turn), records) }),
    ),
    paretoOfOrder: measure((turn) =>
      store.production.defects({ lane, ...ago(30 * 24 * hourMs), order: orderOf(place(turn), records) }),
    ),
    countsOfModel: measure((turn) =>
      store.production.counts({ lane, ...ago(30 * 24 * hourMs), model: 'parts', modelVersion: `1.${turn % 3}.0` }),
    ),
    ordersOfMonth: measure(() => store.production.shares({ lane, ...ago(30 * 24 * hourMs), by: 'order' })),
    modelsOfMonth: measure(() => store.production.shares({ lane, ...ago(30 * 24 * hourMs), by: 'model' })),
    trendOfHour: measure(() => store.production.production({ lane, span: 'minute', ...ago(hourMs) })),
    trendOfDay: measure(() => store.production.production({ lane, span: 'minute', ...ago(24 * hourMs) })),
    trendOfMonth: measure(() => store.production.production({ lane, span: 'day', ...ago(30 * 24 * hourMs) })),
    sinceChallenge: measure(() => store.sinceChallenge({ lane, limit: 50 })),
    nextReports: measure(() => store.reports.next(200)),
  };
};

/** Fills a store with `records` and measures its size, its start and each question. */
export const benchStore = (records: number): StoreResult => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-bench-'));
  const file = join(folder, 'records.sqlite');
  const open = (): Store =>
    openStore({ file, station: 'bench', lanes: ['lane-1'], isReporting: false, now: () => startMs + (records * 1000) / rate });
  try {
    const filling = open();
    const beganMs = monoMs();
    const progress = openProgress('Keeping', records);
    for (let sequence = 1; sequence <= records; sequence += batch) {
      const count = Math.min(batch, records - sequence + 1);
      filling.keep(
        Array.from({ length: count }, (_, index) => ({ record: recordOf(sequence + index, records) })),
        startMs,
      );
      progress.at(sequence + count - 1);
    }
    progress.done();
    const keptMs = monoMs() - beganMs;
    // A shift ago a challenge went well.
    const challenged = Math.max(1, records - 8 * 3600 * rate);
    filling.events.add({ atMs: startMs, kind: 'challenge-good', lane: 'lane-1', sequence: challenged, what: '' });
    filling.close();
    const { size } = statSync(file);
    const openedMs = monoMs();
    const store = open();
    store.totals();
    const startedMs = monoMs() - openedMs;
    const questionMs = askAll(store, records);
    store.close();
    return {
      records,
      bytesPerRecord: Math.round(size / records),
      fileMiB: Math.round(size / 1024 ** 2),
      keptPerSecond: Math.round((records * 1000) / keptMs),
      startMs: round(startedMs),
      questionMs,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
