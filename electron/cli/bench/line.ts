import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { providers } from '../../contract/frame.ts';
import type { Histogram } from '../../contract/histogram.ts';
import { freeRunningLine } from '../freeRunning.ts';
import { openProgress } from '../progress.ts';
import { bareInference } from './bare.ts';
import { type RigFigures, startRig } from './rig.ts';

const referencePackage = fileURLToPath(new URL('../../../models/reference', import.meta.url));
/** Heaps, caches and the OPC UA code are warm after this; what comes before is measured by `startToFirstVerdictMs`. */
const warmUpMs = 5000;

type Percentiles = Omit<Histogram, 'count'>;

/** What was measured of one lane; times in milliseconds. */
interface LaneResult {
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
  /** Parts to which the gate did something else than was decided for them. */
  wrongActions: number;
  /** Parts that the PLC counted at the gate. */
  partsAtGate: number;
  /** Commands for which the PLC had no part, or had a verdict already. */
  refused: number;
  provider: string | null;
  verdictMs: Percentiles;
  prepareMs: Percentiles;
  inferenceMs: Percentiles;
  gateAckMs: Percentiles;
  frameToGateMs: Percentiles;
}

/** What `linegate bench line --json` prints: of the first lane, and of all when there are several. */
export interface LineResult extends LaneResult {
  seconds: number;
  startToFirstVerdictMs: number;
  bareInferenceMs: Percentiles;
  /** Whole path over bare inference, medians of this run. */
  pathOverBare: number;
  rssMiB: Record<string, number>;
  lanes?: LaneResult[];
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const percentiles = ({ p50, p99, p999, max }: Histogram): Percentiles => ({
  p50: round(p50),
  p99: round(p99),
  p999: round(p999),
  max: round(max),
});

const laneResult = ({ lane, plc }: RigFigures, seconds: number): LaneResult => ({
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
  wrongActions: plc.wrongActions,
  partsAtGate: plc.parts,
  refused: plc.refused,
  provider: lane.provider,
  verdictMs: percentiles(lane.verdictMs),
  prepareMs: percentiles(lane.prepareMs),
  inferenceMs: percentiles(lane.inferenceMs),
  gateAckMs: percentiles(lane.gateAckMs),
  frameToGateMs: percentiles(lane.frameToGateMs),
});

/** How the demo line is run on the bench. */
export interface LineRun {
  seconds: number;
  rate: number;
  lanes: number;
  /** Frames a second of a camera that fires itself; `null`: one for each part. */
  freeRunningFps: number | null;
}

/** Runs the demo line and measures it. */
export const benchLine = async (
  { seconds, rate, lanes, freeRunningFps }: LineRun,
  say: (what: string) => void,
): Promise<LineResult> => {
  say('The model alone …');
  const bare = await bareInference(referencePackage, providers);
  const { cameraArgs, ...setUp } = freeRunningLine(freeRunningFps);
  const rig = await startRig(['--rate', `${rate}`, ...cameraArgs], say, { lanes, ...setUp });
  try {
    await sleep(warmUpMs);
    rig.reset();
    const progress = openProgress('Measuring, seconds', seconds);
    for (let second = 1; second <= seconds; second++) {
      await sleep(1000);
      progress.at(second);
    }
    progress.done();
    const figures = await rig.allFigures();
    const [first, ...others] = figures.map((each) => laneResult(each, seconds));
    if (first === undefined) throw new Error('the station has no lane');
    return {
      seconds,
      ...first,
      startToFirstVerdictMs: Math.round(rig.startToFirstVerdictMs),
      bareInferenceMs: percentiles(bare),
      pathOverBare: round(first.verdictMs.p50 / bare.p50),
      rssMiB: await rig.rssMiB(),
      ...(others.length === 0 ? {} : { lanes: [first, ...others] }),
    };
  } finally {
    await rig.stop();
  }
};
