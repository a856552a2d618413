import type { Logger } from '../base/log.ts';
import { monoMs, wallMs } from '../base/clock.ts';
import type { Recipe } from '../config/recipe.ts';
import type { FromLine } from '../contract/facts.ts';
import type { FramePicture, FrameScored, FromVision, VisionState } from '../contract/frame.ts';
import type { GateCommand, GateOutcome, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import type { FaultReason, Verdict } from '../contract/verdict.ts';
import { decide, errorVerdict, rejects, type VerdictRule } from './decide.ts';
import type { Measured } from './measured.ts';
import { reasonCode } from './reason.ts';
import { type Belt, deadlineOf } from './schedule.ts';
import { emptyTracking, onFrame, onTime, onTrigger, type Step } from './track.ts';

/** What a lane acts on; its composition root passes it in. */
export interface LaneOutlets {
  send(command: GateCommand): Promise<GateOutcome>;
  askPicture(frameSequence: number): void;
  /** `false`: the queue to `records` is full. */
  keep(record: PartRecord): boolean;
  tell(fact: Exclude<FromLine, { type: 'record' | 'hello' }>): void;
}

export interface LaneIdentity {
  station: string;
  lane: string;
  recipe: Recipe;
  rule: VerdictRule;
  /** Last sequence that was ever given on this lane. */
  lastSequence: number;
}

/** What was decided about a part whose picture or preview may still come. */
interface Decided {
  sequence: number;
  partId: number;
  verdict: Verdict;
  decidedAtMs: number;
}

/** Frames whose verdict is remembered for their pictures. */
const rememberedFrames = 64;

/**
 * One lane: brings triggers and frames together, decides, commands the gate and hands the record on.
 *
 * What must hold: every trigger gets exactly one verdict, one command at most and one record, and sequence numbers grow
 * by one a part. Nothing here waits for `records`; a command that cannot be delivered in time is never delivered.
 */
export const openLane = (identity: LaneIdentity, outlets: LaneOutlets, measured: Measured, log: Logger) => {
  const { station, lane, recipe, rule } = identity;
  const tracking = emptyTracking();
  const decided = new Map<number, Decided>();
  let sequence = identity.lastSequence;
  let okSinceKept = 0;
  let belt: Belt = { countsPerSecond: 0, running: false };
  let vision: VisionState = { type: 'state', camera: 'opening', message: '', frameSize: null, roi: null, model: null };

  const run = (steps: Step[]): void => {
    for (const step of steps) {
      if (step.do === 'forgetFrame') measured.forgottenFrames += 1;
      else if (step.do === 'notInspected') judge(step.trigger, null, errorVerdict(step.why));
      else judge(step.trigger, step.frame, verdictOn(step.frame));
    }
  };

  const verdictOn = (frame: FrameScored): Verdict =>
    frame.fault === null ? decide(frame.scores, rule) : errorVerdict(frame.fault);

  const judge = (trigger: Trigger, frame: FrameScored | null, verdict: Verdict): void => {
    sequence += 1;
    const decidedMonoMs = monoMs();
    const reject = rejects(verdict, recipe.gate);
    const deadline = deadlineOf(trigger, belt, recipe.gate);
    measured.verdict(verdict, reject, frame, decidedMonoMs);
    const mine: Decided = { sequence, partId: trigger.partId, verdict, decidedAtMs: wallMs() };
    const command: GateCommand = {
      sequence,
      partId: trigger.partId,
      verdict: verdict.kind,
      reasonCode: reasonCode(verdict, rule.labels),
      score: verdict.confidence,
      reject,
      deadlineEncoder: deadline.encoder,
      deadlineMs: deadline.atMs,
    };
    void outlets.send(command).then((gate) => {
      const doneMonoMs = monoMs();
      const ackMs = doneMonoMs - decidedMonoMs;
      measured.gate(gate, ackMs, doneMonoMs, frame);
      record(trigger, frame, mine, { reject, gate, decidedMonoMs, gateAckMs: gate === 'acknowledged' ? ackMs : null });
    });
    if (frame !== null) remember(frame, mine);
  };

  const remember = (frame: FrameScored, mine: Decided): void => {
    decided.set(frame.sequence, mine);
    const [oldest] = decided.keys();
    if (decided.size > rememberedFrames && oldest !== undefined) decided.delete(oldest);
    if (wantsPicture(mine.verdict)) outlets.askPicture(frame.sequence);
  };

  const wantsPicture = (verdict: Verdict): boolean => {
    if (verdict.kind !== 'ok') return true;
    okSinceKept += 1;
    if (recipe.images.okEvery === 0 || okSinceKept < recipe.images.okEvery) return false;
    okSinceKept = 0;
    return true;
  };

  const record = (
    trigger: Trigger,
    frame: FrameScored | null,
    { sequence: mySequence, verdict, decidedAtMs }: Decided,
    done: { reject: boolean; gate: GateOutcome; decidedMonoMs: number; gateAckMs: number | null },
  ): void => {
    const kept = outlets.keep({
      station,
      lane,
      sequence: mySequence,
      partId: trigger.partId,
      encoder: trigger.encoder,
      verdict: verdict.kind,
      reason: verdict.reason,
      label: verdict.label,
      confidence: verdict.confidence,
      scores: frame?.scores ?? [],
      model: vision.model?.name ?? '',
      modelVersion: vision.model?.version ?? '',
      modelSha8: vision.model?.sha8 ?? '',
      provider: vision.model?.provider ?? null,
      recipe: recipe.name,
      frameSequence: frame?.sequence ?? null,
      decidedAtMs,
      verdictMs: frame === null ? null : done.decidedMonoMs - frame.inMemoryAtMs,
      ...done,
    });
    if (!kept) measured.unkept += 1;
  };

  const pass = (picture: FramePicture): void => {
    const about = decided.get(picture.sequence);
    const { jpeg, width, height } = picture;
    if (picture.use === 'kept') {
      if (about === undefined) return;
      const { sequence: mySequence, partId, decidedAtMs, verdict } = about;
      outlets.tell({ type: 'picture', lane, sequence: mySequence, partId, verdict: verdict.kind, decidedAtMs, jpeg });
    } else if (vision.roi !== null && vision.frameSize !== null) {
      const verdict =
        about === undefined
          ? null
          : {
              kind: about.verdict.kind,
              reason: about.verdict.reason,
              confidence: about.verdict.confidence,
              partId: about.partId,
            };
      const { roi, frameSize } = vision;
      outlets.tell({ type: 'preview', lane, frameSequence: picture.sequence, width, height, jpeg, verdict, roi, frameSize });
    }
  };

  const whyNoFrame = (): FaultReason =>
    vision.camera === 'running' ? 'no-frame' : vision.model === null ? 'vision-restarting' : 'camera-lost';

  return {
    onTrigger: (trigger: Trigger): void => run(onTrigger(tracking, trigger, recipe.tracking)),
    onBelt: (now: Belt): void => {
      belt = now;
    },
    onVision(message: FromVision): void {
      switch (message.type) {
        case 'scored':
          measured.frame(message);
          return run(onFrame(tracking, message, recipe.tracking));
        case 'picture':
          return pass(message);
        case 'state':
          vision = message;
          if (message.message !== '') log.warn({ lane, camera: message.camera }, message.message);
          return;
        case 'heartbeat':
          measured.visionRssBytes = message.rssBytes;
          return;
        case 'failed':
          log.error({ lane }, message.message);
      }
    },
    /** To be called every few milliseconds: ends what waited too long. */
    onTime: (): void => run(onTime(tracking, monoMs(), recipe.tracking, whyNoFrame())),
    lastSequence: (): number => sequence,
    vision: (): VisionState => vision,
    /** A verdict can be given: frames come and a model is loaded. */
    ready: (): boolean => vision.camera === 'running' && vision.model !== null,
  };
};

export type Lane = ReturnType<typeof openLane>;
