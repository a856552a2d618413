import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { pkiFolder } from '../config/paths.ts';
import type { LaneConfig, Station } from '../config/station.ts';
import type { LaneStatus } from '../contract/facts.ts';
import type { LaneFigures, LaneWork } from '../contract/process.ts';
import { visionOptions } from '../vision/options.ts';
import type { Setup } from './decided.ts';
import type { FactsLink } from './factsLink.ts';
import { type Lane, openLane } from './lane.ts';
import { openLaneVision } from './laneVision.ts';
import { openMeasured } from './measured.ts';
import type { Noted } from './plc/condition.ts';
import { openPlc, type PlcHandlers } from './plc/link.ts';
import { openRecipeDesk } from './recipeDesk.ts';
import { loadSetups } from './setups.ts';
import { openTimedGate, type TimedGate } from './timed/gate.ts';

/** A lane with its camera process and its PLC. */
export interface RunningLane {
  readonly name: string;
  onTime(): void;
  status(): LaneStatus;
  figures(): LaneFigures;
  reset(): void;
  resetInterlocks(by: string): void;
  lastSequence(): number;
  /** What it has done, and what it owes. */
  work(): LaneWork;
  close(): Promise<void>;
}

/** What all lanes of a station share. */
export interface Shared {
  facts: FactsLink;
  log: Logger;
}

/**
 * A camera process from which frames are overdue for so many ticks in a row, 1.5 s, is started again: it cannot say why. Below
 * WatchdogSec. Ticks, because a pause of our own is none of the camera's.
 */
const stalledTicks = 300;

/** Composes one lane of the station. Throws `PersonError` when its recipe or model package is wrong. */
export const openRunningLane = (
  station: Station,
  config: LaneConfig,
  lastSequence: number,
  { facts, log }: Shared,
): RunningLane => {
  const setups = loadSetups(config.recipe, config.plc);
  const measured = openMeasured(config.name);
  const lane = openLane(
    { station: station.station, lane: config.name },
    { setup: setups.first, lastSequence },
    {
      send: (command) => (timed ?? plc).send(command),
      askPicture: (sequence) => vision.send({ type: 'keep', sequence }),
      keep: facts.keep,
      canKeep: () => !facts.isFull(),
      keepEvent: facts.keepEvent,
      tell: facts.tell,
      log,
    },
    measured,
  );
  const optionsFor = ({ recipe }: Setup) => visionOptions(station, config, recipe);
  const recipes = openRecipeDesk(setups, lane, (setup) => vision.restart(optionsFor(setup)));
  const recipeNow = () => lane.setup().recipe;
  const onReset = (): void => lane.resetInterlocks();
  const onNoted = ({ kind, what }: Noted): void => lane.event(kind, what);
  const handlers = { ...toBoth(lane, () => timed), onNoted, onReset, onRecipe: recipes.onRequest };
  const plc = openPlc(config.plc, pkiFolder(station.dataDir), handlers, log);
  const timed = config.plc.gate === 'plc' ? null : openTimedGate({ ...plc, trip: lane.trip, monoMs }, recipeNow, config.plc);
  const vision = openLaneVision(optionsFor(setups.first), log, (message) => {
    lane.onVision(message);
    recipes.onVision(message);
  });

  let overdueTicks = 0;

  const status = (): LaneStatus => {
    const { camera, message, model } = lane.vision();
    const { recipe } = lane.setup();
    return {
      lane: config.name,
      recipe: recipe.name,
      product: recipe.product,
      model,
      camera: { state: camera, message, fps: measured.fps(monoMs()), ...measured.frames() },
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
      overdueTicks = (lane.dueMs(monoMs()) ?? 0) > lane.setup().recipe.tracking.frameTimeoutMs ? overdueTicks + 1 : 0;
      if (overdueTicks === stalledTicks)
        vision.startAgain('Parts come and the camera, connected, gives no frame. It is opened once more.');
      const { late, missedTriggers, doubleTriggers } = measured.counts();
      plc.publish({
        busy: lane.underway() > 0,
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
        plc: { state, message, waiting: timed?.waiting() ?? plc.waiting() },
      };
    },
    reset: () => measured.reset(),
    resetInterlocks: lane.resetInterlocks,
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
