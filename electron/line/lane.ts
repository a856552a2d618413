import { monoMs, wallMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import type { FromLine } from '../contract/facts.ts';
import type { FrameScored, FromVision, VisionState } from '../contract/frame.ts';
import type { GateCommand, GateOutcome, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import type { FaultReason, Verdict } from '../contract/verdict.ts';
import { decide, errorVerdict, rejects } from './decide.ts';
import { type Decided, gateCommand, type LaneIdentity, toRecord } from './decided.ts';
import type { Measured } from './measured.ts';
import { openPictureDesk } from './pictureDesk.ts';
import { type Belt, deadlineOf } from './schedule.ts';
import { emptyTracking, onFrame, onTime, onTrigger, type Step } from './track.ts';

/** What a lane acts on; its composition root passes it in. */
export interface LaneOutlets {
  send(command: GateCommand): Promise<GateOutcome>;
  askPicture(frameSequence: number): void;
  /** `false`: the queue to `records` is full. */
  keep(record: PartRecord): boolean;
  /** Whether what is decided now will leave a record. */
  canKeep(): boolean;
  tell(fact: Exclude<FromLine, { type: 'record' | 'hello' }>): void;
  log: Logger;
}

/**
 * One lane: brings triggers and frames together, decides, commands the gate and hands the record on.
 *
 * What must hold: every trigger gets exactly one verdict, one command at most and one record, and sequence numbers grow
 * by one a part. While no record can be kept no verdict is given to the gate: the PLC applies the fail-safe of the recipe
 * (never a part sorted without a trace). Nothing here waits for `records`; a command that cannot be delivered in time is never delivered.
 */
export const openLane = (identity: LaneIdentity, outlets: LaneOutlets, measured: Measured) => {
  const { lane, recipe } = identity;
  const tracking = emptyTracking();
  const pictures = openPictureDesk(identity, outlets);
  let sequence = identity.lastSequence;
  let recorded: Promise<void> = Promise.resolve();
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
    frame.fault === null ? decide(frame.scores, identity.rule) : errorVerdict(frame.fault);

  const judge = (trigger: Trigger, frame: FrameScored | null, verdict: Verdict): void => {
    sequence += 1;
    const decided: Decided = {
      sequence,
      trigger,
      frame,
      verdict,
      reject: rejects(verdict, recipe.gate),
      model: vision.model,
      decidedAtMs: wallMs(),
      decidedMonoMs: monoMs(),
    };
    measured.verdict(decided);
    const command = gateCommand(decided, deadlineOf(trigger, belt, recipe.gate), identity.rule.labels);
    const telling = outlets.canKeep() ? outlets.send(command) : Promise.resolve('not-connected' as const);
    const answered = telling.then((gate) => {
      const doneMonoMs = monoMs();
      measured.gate(gate, doneMonoMs, decided);
      return { gate, doneMonoMs };
    });
    // A command that is too late ends before the one in flight: records wait for each other, so that they leave in order.
    recorded = recorded
      .then(() => answered)
      .then(({ gate, doneMonoMs }) => {
        if (!outlets.keep(toRecord(identity, decided, gate, doneMonoMs))) measured.unkept += 1;
      });
    pictures.onDecided(decided);
  };

  const whyNoFrame = (): FaultReason => {
    if (vision.camera === 'running') return 'no-frame';
    return vision.model === null ? 'vision-restarting' : 'camera-lost';
  };

  const onState = (state: VisionState): void => {
    vision = state;
    if (state.message !== '') outlets.log.warn({ lane, camera: state.camera }, state.message);
  };

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
          return pictures.onPicture(message, vision);
        case 'state':
          return onState(message);
        case 'heartbeat':
          measured.visionRssBytes = message.rssBytes;
          return;
        case 'failed':
          outlets.log.error({ lane }, message.message);
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
