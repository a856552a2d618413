import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { pkiFolder } from '../config/paths.ts';
import type { LaneConfig, PlcConfig, Station } from '../config/station.ts';
import type { LaneStatus, LosslessWish } from '../contract/facts.ts';
import type { LaneFigures, LaneWork } from '../contract/process.ts';
import { visionOptions } from '../vision/options.ts';
import type { Setup } from './decided.ts';
import type { FactsLink } from './factsLink.ts';
import { type Lane, openLane } from './lane.ts';
import { openLaneVision } from './laneVision.ts';
import { openMeasured } from './measured.ts';
import type { Noted } from './plc/condition.ts';
import { openPlc, type PlcHandlers, type PlcLink } from './plc/link.ts';
import { openRecipeDesk } from './recipeDesk.ts';
import { loadSetups } from './setups.ts';
import { type Overdue, overdueFor } from './silence.ts';
import { openTimedGate, type TimedGate } from './timed/gate.ts';

/** A lane with its camera process and its PLC. */
export interface RunningLane {
  readonly name: string;
  onTime(): void;
  status(): LaneStatus;
  figures(): LaneFigures;
  reset(): void;
  resetInterlocks(by: string): void;
  keepLossless(wish: LosslessWish): void;
  lastSequence(): number;
  /** What it has done, and what it owes. */
  work(): LaneWork;
  close(): Promise<void>;
}

/** Where a lane goes on. */
export interface LaneOrigin {
  /** The last sequence that it ever gave. */
  lastSequence: number;
  /** The process before this one has given some, and ended while the station ran. */
  isRestart: boolean;
}

/** What all lanes of a station share. */
export interface Shared {
  facts: FactsLink;
  log: Logger;
}

/** A camera process from which frames are overdue for so long is started again: it cannot say why. Below WatchdogSec. */
const stalledMs = 1500;

/** Composes one lane of the station. Throws `PersonError` when its recipe or model package is wrong. */
export const openRunningLane = (
  station: Station,
  config: LaneConfig,
  { lastSequence, isRestart }: LaneOrigin,
  { facts, log }: Shared,
): RunningLane => {
  const setups = loadSetups(config.recipe, config.plc);
  const measured = openMeasured(config.name);
  const lane = openLane(
    { station: station.station, lane: config.name },
    { setup: setups.first, lastSequence },
    {
      send: (command) => (timed ?? plc).send(command),
      askPicture: (sequence, lossless) => vision.send({ type: 'keep', sequence, lossless }),
      keep: facts.keep,
      canKeep: () => !facts.isFull(),
      gateEnd: config.plc.gate === 'plc' ? null : facts.gateEnd,
      keepEvent: facts.keepEvent,
      tell: facts.tell,
      log,
    },
    measured,
  );
  const optionsFor = ({ recipe }: Setup) => visionOptions(station, config, recipe);
  const recipes = openRecipeDesk(setups, lane, (setup) => vision.restart(optionsFor(setup)));
  const onReset = (): void => lane.resetInterlocks();
  const onNoted = ({ kind, what }: Noted): void => lane.event(kind, what);
  const handlers = { ...toBoth(lane, () => timed), onNoted, onReset, onRecipe: recipes.onRequest };
  const plc = openPlc(config.plc, pkiFolder(station.dataDir), handlers, log);
  const timed = timedGateOf(config.plc, lane, plc, isRestart);
  const vision = openLaneVision(optionsFor(setups.first), log, (message) => {
    lane.onVision(message);
    recipes.onVision(message);
  });

  const waiting = (): number => timed?.waiting() ?? plc.waiting();
  const overdue: Overdue = { forMs: 0, lookedAtMs: monoMs() };

  const status = (): LaneStatus => {
    const { camera, message, model } = lane.vision();
    const { recipe } = lane.setup();
    return {
      lane: config.name,
      recipe: recipe.name,
      product: recipe.product,
      model,
      camera: { state: camera, message, fps: measured.fps(monoMs()), ...measured.frames(), trouble: lane.trouble() },
      plc: plc.status(),
      interlocks: [...lane.interlocks()],
      counts: measured.counts(),
      latency: measured.latency(),
      recentConfidence: measured.recentConfidence(),
    };
  };

  return {
    name: config.name,
    onTime() {
      lane.onTime();
      timed?.onTime();
      recipes.onTime();
      const nowMs = monoMs();
      const isOverdue = (lane.dueMs(nowMs) ?? 0) > lane.setup().recipe.tracking.frameTimeoutMs;
      if (overdueFor(overdue, isOverdue, nowMs) > stalledMs)
        vision.startAgain('Parts come and the camera, connected, gives no frame. It is opened once more.');
      const { late, missedTriggers, doubleTriggers } = measured.counts();
      plc.publish({
        busy: lane.underway() > 0,
        waiting: waiting(),
        ready: lane.ready() && !facts.isFull(),
        late,
        // A second trigger for a part is one that got no picture. // faults #9
        missedTriggers: missedTriggers + doubleTriggers,
        recipe: lane.setup().recipe.name,
        modelVersion: lane.vision().model?.version ?? '',
        stopRequest: lane.interlocks().some(({ does }) => does === 'stop'),
        ...recipes.answer(),
      });
    },
    status,
    figures() {
      const { state, message } = plc.status();
      return {
        ...measured.figures(lane.vision().model?.provider ?? null),
        plc: { state, message, waiting: waiting() },
      };
    },
    reset: () => measured.reset(),
    resetInterlocks: lane.resetInterlocks,
    keepLossless: lane.keepLossless,
    lastSequence: () => lane.lastSequence(),
    work: () => ({
      lane: config.name,
      frames: measured.frames().frames,
      parts: measured.counts().parts,
      dueMs: lane.dueMs(monoMs()),
      limitMs: lane.setup().recipe.tracking.frameTimeoutMs,
    }),
    async close() {
      timed?.close();
      await Promise.all([vision.close(), plc.close()]);
    },
  };
};

/** The gate where we time it; `null` where the PLC does. */
const timedGateOf = (config: PlcConfig, lane: Lane, plc: PlcLink, isRestart: boolean): TimedGate | null => {
  if (config.gate === 'plc') return null;
  const outlets = { ...plc, trip: lane.trip, event: lane.event, monoMs };
  return openTimedGate(outlets, () => lane.setup().recipe, { ...config, isRestart });
};

/** What the PLC tells of the belt and its parts goes to the lane and, where there is one, to the gate that we time. */
const toBoth = (lane: Lane, timed: () => TimedGate | null): Omit<PlcHandlers, 'onNoted'> => ({
  onTrigger(trigger) {
    timed()?.onTrigger(trigger);
    lane.onTrigger(trigger);
  },
  onBelt(belt) {
    lane.onBelt(belt);
    timed()?.onBelt(belt);
  },
  onMissed(count) {
    lane.onMissed(count);
    timed()?.onMissed();
  },
  onConfirmed: (partId) => timed()?.onConfirmed(partId),
});
