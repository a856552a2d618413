import { join } from 'node:path';
import { wallMs } from '../../base/clock.ts';
import { databaseFile } from '../../config/paths.ts';
import type { PartRecord } from '../../contract/record.ts';
import { lockStore } from '../../records/store/lock.ts';
import { openStore } from '../../records/store/store.ts';

const atOnce = 1000;

/** The `n`-th of records as a line at 60 parts a second makes them. */
const recordOf = (sequence: number, startMs: number): PartRecord => ({
  ...{ station: 'DEMO', lane: 'lane-1', sequence, partId: sequence, encoder: (sequence * 160) % 2 ** 32 },
  ...{ verdict: 'ok', reason: 'good', label: 'good', confidence: 0.9921875, scores: [0.9921875, 0.0078125] },
  ...{ model: 'outage', modelVersion: '1.0.0', modelSha8: '01234567', provider: 'cpu', recipe: 'chips-in-tape' },
  ...{ challenge: null, order: null, lot: null, frameSequence: sequence, reject: false, mark: false, gate: 'acknowledged' },
  ...{
    decidedAtMs: startMs + Math.round((sequence * 1000) / 60),
    decidedMonoMs: sequence * 16.5,
    verdictMs: 2.5,
    gateAckMs: 0.5,
  },
});

/** Keeps `count` records that the MES has not had, in the demo station's `folder`, before the station starts. */
export const fillOutbox = (folder: string, count: number): void => {
  const file = databaseFile(join(folder, 'data'));
  const lock = lockStore(file);
  const store = openStore({ file, station: 'DEMO', lanes: ['lane-1'], isReporting: true, now: wallMs });
  try {
    const startMs = wallMs() - Math.round((count * 1000) / 60);
    for (let first = 1; first <= count; first += atOnce) {
      const length = Math.min(atOnce, count - first + 1);
      store.keep(
        Array.from({ length }, (_, index) => ({ record: recordOf(first + index, startMs) })),
        wallMs(),
      );
    }
  } finally {
    store.close();
    lock.release();
  }
};
