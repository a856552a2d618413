import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { providers } from '../../contract/frame.ts';
import type { Histogram } from '../../contract/histogram.ts';
import { openProgress } from '../progress.ts';
import { bareInference } from './bare.ts';
import { startRig } from './rig.ts';

const referencePackage = fileURLToPath(new URL('../../../models/reference', import.meta.url));
/** Heaps, caches and the OPC UA code are warm after this; what comes before is measured by `startToFirstVerdictMs`. */
const warmUpMs = 5000;

type Percentiles = Omit<Histogram, 'count'>;

/** What `linegate bench line --json` prints; times in milliseconds. */
export interface LineResult {
  seconds: number;
  fps: number;
  frames: number;
  dropped: number;
  late: number;
  parts: number;
  escapes: number;
  falseRejects: number;
  unsure: number;
  missing: number;
  bad: number;
  provider: string | null;
  startToFirstVerdictMs: number;
  verdictMs: Percentiles;
  prepareMs: Percentiles;
  inferenceMs: Percentiles;
  bareInferenceMs: Percentiles;
  gateAckMs: Percentiles;
  frameToGateMs: Percentiles;
  /** Whole path over bare inference, medians of this run. */
  pathOverBare: number;
  rssMiB: Record<string, number>;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const percentiles = ({ p50, p99, p999, max }: Histogram): Percentiles => ({
  p50: round(p50),
  p99: round(p99),
  p999: round(p999),
  max: round(max),
});

/** Runs the demo line for `seconds` and measures it. */
export const benchLine = async (seconds: number, rate: number, say: (what: string) => void): Promise<LineResult> => {
  say('The model alone …');
  const bare = await bareInference(referencePackage, providers);
  const rig = await startRig(['--rate', `${rate}`], say);
  try {
    await sleep(warmUpMs);
    rig.reset();
    const progress = openProgress('Measuring, seconds', seconds);
    for (let second = 1; second <= seconds; second++) {
      await sleep(1000);
      progress.at(second);
    }
    progress.done();
    const { lane, plc } = await rig.figures();
    return {
      seconds,
      fps: round(lane.frames / seconds),
      frames: lane.frames,
      dropped: lane.dropped,
      late: lane.late + plc.late,
      parts: lane.parts,
      escapes: plc.escapes,
      falseRejects: plc.falseRejects,
      unsure: lane.unsure,
      missing: plc.missing,
      bad: plc.bad,
      provider: lane.provider,
      startToFirstVerdictMs: Math.round(rig.startToFirstVerdictMs),
      verdictMs: percentiles(lane.verdictMs),
      prepareMs: percentiles(lane.prepareMs),
      inferenceMs: percentiles(lane.inferenceMs),
      bareInferenceMs: percentiles(bare),
      gateAckMs: percentiles(lane.gateAckMs),
      frameToGateMs: percentiles(lane.frameToGateMs),
      pathOverBare: round(lane.verdictMs.p50 / bare.p50),
      rssMiB: await rig.rssMiB(),
    };
  } finally {
    await rig.stop();
  }
};
