import { monoMs, wallMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import type { ChallengePart } from '../contract/challenge.ts';
import type { GateEnd, Interlock, LineEvent, LineEventKind, Told } from '../contract/facts.ts';
import type { FromVision, VisionState } from '../contract/frame.ts';
import type { GateCommand, GateOutcome, Trigger } from '../contract/gate.ts';
import type { PartRecord } from '../contract/record.ts';
import { actionOn, errorVerdict } from './decide.ts';
import type { Decided, LaneIdentity, Setup } from './decided.ts';
import { openDelivery } from './deliver.ts';
import { openEvents } from './events.ts';
import { decidePart } from './fuse.ts';
import { forgetCounts, type InterlockCause, latch, noInterlocks, ofChallenge, onDecided } from './interlock.ts';
import type { Measured } from './measured.ts';
import { openPictureDesk } from './pictureDesk.ts';
import type { Belt } from './schedule.ts';
import { openVisionWatch } from './visionWatch.ts';
import type { Step } from './step.ts';
import { openTracker } from './tracker.ts';
import { noteTotals, noTrouble, troubleAt } from './trouble.ts';

/** What a lane acts on; its composition root passes it in. */
export interface LaneOutlets {
  send(command: GateCommand): Promise<GateOutcome>;
  /** Which known part comes now, where no trigger tells. */
  challenge(): ChallengePart | null;
  askPicture(frameSequence: number, lossless: boolean): void;
  /** `false`: the queue to `records` is full. */
  keep(record: PartRecord): boolean;
  /** Whether what is decided now will leave a record. */
  canKeep(): boolean;
  /** Where a command ends long after the decision, when the part is at the gate; else `null`. */
  gateEnd: ((end: GateEnd) => void) | null;
  keepEvent(event: LineEvent): void;
  tell(fact: Told): void;
  log: Logger;
}

const counterOf: Partial<Record<LineEventKind, 'missedTriggers' | 'doubleTriggers' | 'skippedIds'>> = {
  'missed-trigger': 'missedTriggers',
  'double-trigger': 'doubleTriggers',
  'id-jump': 'skippedIds',
};

/** What a lane starts with: its recipe, and the last sequence that it ever gave. */
export interface LaneStart {
  setup: Setup;
  lastSequence: number;
}

/**
 * One lane: brings triggers and frames together, decides, commands the gate and hands the record on.
 *
 * What must hold: every part gets exactly one verdict, one command at most and one record, and sequence numbers grow
 * by one a part. Nothing here waits for `records`; a command that cannot be delivered in time is never delivered.
 */
export const openLane = (identity: LaneIdentity, start: LaneStart, outlets: LaneOutlets, measured: Measured) => {
  const { lane } = identity;
  const pictures = openPictureDesk(identity, outlets);
  const delivery = openDelivery(identity, outlets, measured, (decided, gate) => trip(...ofChallenge(decided, gate)));
  const events = openEvents(lane, outlets);
  const interlocks = noInterlocks();
  let { setup, lastSequence: sequence } = start;
  let tracker = openTracker(setup.recipe, sequence + 1);
  let belt: Belt = { countsPerSecond: 0, running: false, at: null };
  const watch = openVisionWatch();
  const watched = noTrouble();

  const trip = (...causes: InterlockCause[]): void => events.tripped(latch(interlocks, causes, wallMs()));

  const run = (steps: Step[]): void => {
    for (const step of steps) {
      if (step.do === 'forgetFrame') measured.forgottenFrames += 1;
      else if (step.do === 'note') note(step);
      else if (step.do === 'notInspected')
        judge(step.trigger, { verdict: errorVerdict(step.why), frame: null, scores: [] }, null);
      else judge(step.trigger, decidePart(step.frames, setup.rule), step.frames[0].sequence);
    }
  };

  const note = ({ kind, count, what }: Omit<Extract<Step, { do: 'note' }>, 'do'>): void => {
    const counter = counterOf[kind];
    if (counter !== undefined) measured.missed(counter, count);
    events.note(kind, what, monoMs());
  };

  const judge = (trigger: Trigger, judged: Pick<Decided, 'verdict' | 'frame' | 'scores'>, firstFrame: number | null): void => {
    sequence += 1;
    const action = actionOn(judged.verdict, setup.recipe.gate);
    const challenge = trigger.challenge === undefined ? outlets.challenge() : trigger.challenge;
    const times = { decidedAtMs: wallMs(), decidedMonoMs: monoMs() };
    const decided = { sequence, trigger, setup, ...judged, firstFrame, action, challenge, model: watch.state().model, ...times };
    delivery.deliver(decided, belt);
    pictures.onDecided(decided);
    events.tripped(onDecided(interlocks, decided, setup.recipe, times.decidedAtMs));
  };

  /** After so long without a frame that is due a camera is silent, and a part has none. */
  const silentMs = (): number => setup.recipe.tracking.frameTimeoutMs;

  /** Ends what waited too long, and what waits in vain. */
  const onTime = (): void => {
    const nowMs = monoMs();
    run(tracker.onTime(nowMs, belt, watch.outlook(silentMs(), nowMs)));
    events.onTime(nowMs);
  };

  return {
    onTrigger(trigger: Trigger): void {
      watch.onTrigger(monoMs());
      run(tracker.onTrigger(trigger));
    },
    /** So many triggers never reached us. */
    onMissed: (count: number): void =>
      note({ kind: 'missed-trigger', count, what: `${count} trigger(s) of the PLC were never heard.` }),
    onBelt: (now: Belt): void => {
      belt = now;
    },
    onVision(message: FromVision): void {
      switch (message.type) {
        case 'scored':
          measured.frame(message);
          watch.onFrame(setup.recipe.tracking.mode === 'free-running', monoMs());
          return run(tracker.onFrame(message, belt, watch.state().roi));
        case 'picture':
        case 'pixels':
          return pictures.onPicture(message, watch.state());
        case 'state':
          if (message.message !== '') outlets.log.warn({ lane, camera: message.camera }, message.message);
          watch.onState(message);
          return onTime();
        case 'heartbeat':
          measured.visionRssBytes = message.rssBytes;
          measured.refused = message.refused;
          return noteTotals(watched, { ...message.refused, 'frame-lost': measured.frames().dropped }, monoMs());
        case 'hang':
          watch.onHang(message.hangs);
          return onTime();
        case 'failed':
          outlets.log.error({ lane }, message.message);
      }
    },
    /** To be called every few milliseconds. */
    onTime,
    /** Another recipe from now on; the caller has seen that the lane is empty. */
    use(next: Setup): void {
      setup = next;
      tracker = openTracker(next.recipe, sequence + 1);
      forgetCounts(interlocks);
    },
    /** Parts that wait for their verdict, or whose gate command has not ended. */
    underway: (): number => tracker.underway() + delivery.underway(),
    /** A person has seen to the cause: at the PLC, or `by` whom at the screen. */
    resetInterlocks(by = 'the PLC'): void {
      if (interlocks.latched.length === 0) return;
      events.add('interlock-reset', `Reset by ${by}: ${interlocks.latched.map(({ what }) => what).join(' ')}`);
      Object.assign(interlocks, noInterlocks());
    },
    /** Something beside the verdicts asks for a person. */
    trip,
    keepLossless: pictures.keepLossless,
    interlocks: (): readonly Interlock[] => interlocks.latched,
    event: events.add,
    setup: (): Setup => setup,
    lastSequence: (): number => sequence,
    vision: (): VisionState => watch.seen(silentMs(), monoMs()),
    /** What lately was wrong with the camera's frames. */
    trouble: () => troubleAt(watched, monoMs()),
    /** For how long parts have been coming without any frame, though the camera is said to run; `null` while that is not so. */
    dueMs: watch.dueMs,
    ready: (): boolean => watch.ready(silentMs(), monoMs()),
  };
};
export type Lane = ReturnType<typeof openLane>;
