import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../base/clock.ts';
import type { Histogram } from '../../contract/histogram.ts';
import type { MesCounts } from '../../contract/wiring.ts';
import { openProgress } from '../progress.ts';
import { fillOutbox } from './fillOutbox.ts';
import { type Rig, startRig } from './rig.ts';

/** What comes before is warm-up. */
const warmUpMs = 5000;
/** So long the line alone is measured, with the MES away, for comparison. */
const aloneMs = 15_000;
const lookEveryMs = 100;
const patienceMs = 10 * 60_000;

interface Spread {
  p50: number;
  p99: number;
}

/** What the line needs for a part, milliseconds. */
interface LineFigures {
  verdictMs: Spread;
  frameToGateMs: Spread;
  dropped: number;
}

/** What `linegate bench outbox --json` prints. */
export interface OutboxResult extends LineFigures {
  records: number;
  drainSeconds: number;
  drainPerSecond: number;
  /** Of the records that the line made meanwhile. */
  p99CommitMs: number;
  duplicates: number;
  outOfOrder: number;
  /** The same line just before, without anything to drain. */
  alone: LineFigures;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const spread = ({ p50, p99 }: Histogram): Spread => ({ p50: round(p50), p99: round(p99) });

/**
 * Fills the outbox with `records` reports as an outage leaves them, runs the demo line at 60 parts a second, brings the
 * MES back and measures the draining and what it does to the line.
 */
export const benchOutbox = async (records: number, say: (what: string) => void): Promise<OutboxResult> => {
  const prepare = (folder: string): void => {
    say(`An outbox of ${records} reports …`);
    fillOutbox(folder, records);
  };
  const rig = await startRig(['--rate', '60'], say, { prepare });
  try {
    rig.factory.mes.knob('away', 'on');
    await sleep(warmUpMs);
    rig.reset();
    say('The line alone …');
    await sleep(aloneMs);
    const alone = await lineFigures(rig);
    rig.reset();
    rig.factory.mes.reset();
    rig.factory.mes.knob('away', 'off');
    const drained = await drain(rig, records);
    return { records, ...drained, ...(await lineFigures(rig)), p99CommitMs: round(await commitP99(rig)), alone };
  } finally {
    await rig.stop();
  }
};

const lineFigures = async (rig: Rig): Promise<LineFigures> => {
  const { lane } = await rig.figures();
  return { verdictMs: spread(lane.verdictMs), frameToGateMs: spread(lane.frameToGateMs), dropped: lane.dropped };
};

const commitP99 = async (rig: Rig): Promise<number> => {
  const { commitMs } = (await rig.station.process('records').figures()) as { commitMs: Histogram };
  return commitMs.p99;
};

/** From the first report that the MES takes to the last of the `records` that waited. */
const drain = async (rig: Rig, records: number) => {
  const progress = openProgress('Draining, reports', records);
  const untilMs = monoMs() + patienceMs;
  let startMs: number | null = null;
  while (monoMs() < untilMs) {
    const counts = (await rig.factory.mes.figures()) as MesCounts;
    progress.at(Math.min(records, counts.received));
    if (startMs === null && counts.received > 0) startMs = monoMs();
    if (startMs !== null && counts.received >= records) {
      progress.done();
      const drainSeconds = (monoMs() - startMs) / 1000;
      const { duplicates, outOfOrder } = counts;
      return { drainSeconds: round(drainSeconds), drainPerSecond: Math.round(records / drainSeconds), duplicates, outOfOrder };
    }
    await sleep(lookEveryMs);
  }
  throw new Error('the outbox was not empty within ten minutes; the log above tells why');
};
