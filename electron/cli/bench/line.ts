import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { providers } from '../../contract/frame.ts';
import type { Histogram } from '../../contract/histogram.ts';
import type { RecipeChange } from '../demoStation.ts';
import { freeRunningLine } from '../freeRunning.ts';
import { openProgress } from '../progress.ts';
import { watchHeldUp } from '../machine/heldUp.ts';
import { bareInference } from './bare.ts';
import { wallMs } from '../../base/clock.ts';
import type { GateMode } from '../../contract/gate.ts';
import type { OpeningError } from '../../contract/wiring.ts';
import { type GateTruth, gateTruth } from './gateTruth.ts';
import { type Rig, type RigFigures, startRig, timedGate } from './rig.ts';

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
  gateTruth: GateTruth;
  opening: OpeningError;
}

/** What `linegate bench line --json` prints: of the first lane, and of all when there are several. */
export interface LineResult extends LaneResult {
  seconds: number;
  gate: GateMode;
  startToFirstVerdictMs: number;
  bareInferenceMs: Percentiles;
  /** Whole path over bare inference, medians of this run. */
  pathOverBare: number;
  /** How long the machine itself held up whoever came first: what no station on it can do better. */
  heldUpMs: Percentiles;
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

const laneResult = ({ lane, plc }: RigFigures, { seconds, gate }: LineRun, truth: GateTruth): LaneResult => ({
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
  // A PLC that is only an output knows no decision: the records do.
  wrongActions: gate === 'line' ? truth.wrongActions : plc.wrongActions,
  partsAtGate: plc.parts,
  refused: plc.refused,
  provider: lane.provider,
  verdictMs: percentiles(lane.verdictMs),
  prepareMs: percentiles(lane.prepareMs),
  inferenceMs: percentiles(lane.inferenceMs),
  gateAckMs: percentiles(lane.gateAckMs),
  frameToGateMs: percentiles(lane.frameToGateMs),
  gateTruth: truth,
  opening: plc.opening,
});

/** How the demo line is run on the bench. */
export interface LineRun {
  seconds: number;
  rate: number;
  lanes: number;
  /** Who times the gates. */
  gate: GateMode;
  /** Frames a second of a camera that fires itself; `null`: one for each part. */
  freeRunningFps: number | null;
}

/** What is missed is to be counted, not to stop the belt. */
const unstopped: RecipeChange = { gate: { ...timedGate, failSafe: 'pass-and-mark' } };

/** Longer than a part needs from its verdict past the gate and into the records. */
const onBeltMs = (rate: number): number => 1000 + 60_000 / rate;

const truthsOf = async (rig: Rig, when: { fromMs: number; toMs: number }): Promise<GateTruth[]> =>
  (await rig.allFigures()).map(({ lane, plc }) => gateTruth(rig.folder, { lane: lane.lane, ...when }, plc.ejected));

/** Runs the demo line and measures it. */
export const benchLine = async (run: LineRun, say: (what: string) => void): Promise<LineResult> => {
  const { seconds, rate, lanes, gate } = run;
  say('The model alone …');
  const bare = await bareInference(referencePackage, providers);
  const { cameraArgs, ...setUp } = freeRunningLine(run.freeRunningFps);
  const timed = gate === 'line' ? { recipe: unstopped } : {};
  const rig = await startRig(['--rate', `${rate}`, ...cameraArgs], say, { lanes, gate, ...setUp, ...timed });
  const machine = await watchHeldUp();
  try {
    await sleep(warmUpMs);
    const fromMs = wallMs();
    rig.reset();
    machine.reset();
    const progress = openProgress('Measuring, seconds', seconds);
    for (let second = 1; second <= seconds; second++) {
      await sleep(1000);
      progress.at(second);
    }
    progress.done();
    const toMs = wallMs();
    const figures = await rig.allFigures();
    const heldUp = await machine.figures();
    await sleep(onBeltMs(rate));
    const truths = await truthsOf(rig, { fromMs, toMs });
    const [first, ...others] = figures.map((each, index) => laneResult(each, run, truths[index] as GateTruth));
    if (first === undefined) throw new Error('the station has no lane');
    return {
      seconds,
      gate,
      ...first,
      startToFirstVerdictMs: Math.round(rig.startToFirstVerdictMs),
      bareInferenceMs: percentiles(bare),
      pathOverBare: round(first.verdictMs.p50 / bare.p50),
      heldUpMs: percentiles(heldUp),
      rssMiB: await rig.rssMiB(),
      ...(others.length === 0 ? {} : { lanes: [first, ...others] }),
    };
  } finally {
    await Promise.all([rig.stop(), machine.stop()]);
  }
};
