import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { pkiFolder } from '../config/paths.ts';
import type { LaneConfig, Station } from '../config/station.ts';
import type { LaneStatus } from '../contract/facts.ts';
import type { LaneFigures, LaneWork } from '../contract/process.ts';
import { visionOptions } from '../vision/options.ts';
import type { Setup } from './decided.ts';
import type { FactsLink } from './factsLink.ts';
import { openLane } from './lane.ts';
import { openLaneVision } from './laneVision.ts';
import { openMeasured } from './measured.ts';
import type { Noted } from './plc/condition.ts';
import { openPlc } from './plc/link.ts';
import { openRecipeDesk } from './recipeDesk.ts';
import { loadSetups } from './setups.ts';

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

/** A camera process that says nothing for so long while parts come is started again: it cannot say why. Below WatchdogSec. */
const stalledMs = 1500;

/** Composes one lane of the station. Throws `PersonError` when its recipe or model package is wrong. */
export const openRunningLane = (
  station: Station,
  config: LaneConfig,
  lastSequence: number,
  { facts, log }: Shared,
): RunningLane => {
  const setups = loadSetups(config.recipe);
  const measured = openMeasured(config.name);
  const lane = openLane(
    { station: station.station, lane: config.name },
    { setup: setups.first, lastSequence },
    {
      send: (command) => plc.send(command),
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
  const { onTrigger, onBelt, onMissed } = lane;
  const onReset = (): void => lane.resetInterlocks();
  const onNoted = ({ kind, what }: Noted): void => lane.event(kind, what);
  const handlers = { onTrigger, onBelt, onMissed, onNoted, onReset, onRecipe: recipes.onRequest };
  const plc = openPlc(config.plc, pkiFolder(station.dataDir), handlers, log);
  const vision = openLaneVision(optionsFor(setups.first), log, (message) => {
    lane.onVision(message);
    recipes.onVision(message);
  });

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
      recipes.onTime();
      if ((lane.dueMs(monoMs()) ?? 0) > stalledMs)
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
      return { ...measured.figures(lane.vision().model?.provider ?? null), plc: { state, message, waiting: plc.waiting() } };
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
      await Promise.all([vision.close(), plc.close()]);
    },
  };
};
