import { monoMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { loadRecipe } from '../config/load.ts';
import { readManifest } from '../config/modelPackage.ts';
import { pkiFolder } from '../config/paths.ts';
import type { LaneConfig, Station } from '../config/station.ts';
import type { LaneStatus } from '../contract/facts.ts';
import type { LaneFigures } from '../contract/process.ts';
import { visionOptions } from '../vision/options.ts';
import { verdictRule } from './decide.ts';
import type { FactsLink } from './factsLink.ts';
import { openLane } from './lane.ts';
import { openMeasured } from './measured.ts';
import { openPlc } from './plc/link.ts';
import { openVisionChild } from './visionChild.ts';

/** A lane with its camera process and its PLC. */
export interface RunningLane {
  readonly name: string;
  onTime(): void;
  status(): LaneStatus;
  figures(): LaneFigures;
  reset(): void;
  lastSequence(): number;
  /** Grows with every frame. */
  work(): number;
  close(): Promise<void>;
}

/** What all lanes of a station share. */
export interface Shared {
  facts: FactsLink;
  log: Logger;
}

/** Composes one lane of the station. Throws `PersonError` when its recipe or model package is wrong. */
export const openRunningLane = (
  station: Station,
  config: LaneConfig,
  lastSequence: number,
  { facts, log }: Shared,
): RunningLane => {
  const recipe = loadRecipe(config.recipe);
  const measured = openMeasured(config.name);
  const rule = verdictRule(readManifest(recipe.model), recipe);
  const identity = { station: station.station, lane: config.name, recipe, rule, lastSequence };
  const lane = openLane(
    identity,
    {
      send: (command) => plc.send(command),
      askPicture: (sequence) => vision.send({ type: 'keep', sequence }),
      keep: (record) => facts.keep(record),
      canKeep: () => !facts.isFull(),
      tell: (fact) => facts.tell(fact),
      log,
    },
    measured,
  );
  const plc = openPlc(config.plc, pkiFolder(station.dataDir), { onTrigger: lane.onTrigger, onBelt: lane.onBelt }, log);
  const vision = openVisionChild(visionOptions(station, config, recipe), log, lane.onVision);

  const status = (): LaneStatus => {
    const { camera, message, model } = lane.vision();
    return {
      lane: config.name,
      recipe: recipe.name,
      product: recipe.product,
      model,
      camera: { state: camera, message, fps: measured.fps(monoMs()), ...measured.frames() },
      plc: plc.status(),
      counts: measured.counts(),
      latency: measured.latency(),
      recentConfidence: measured.recentConfidence(),
    };
  };

  return {
    name: config.name,
    onTime() {
      lane.onTime();
      const { late, missedTriggers } = measured.counts();
      plc.publish({
        ready: lane.ready() && !facts.isFull(),
        late,
        missedTriggers,
        recipe: recipe.name,
        modelVersion: lane.vision().model?.version ?? '',
      });
    },
    status,
    figures: () => measured.figures(lane.vision().model?.provider ?? null),
    reset: () => measured.reset(),
    lastSequence: () => lane.lastSequence(),
    work: () => measured.frames().frames,
    async close() {
      await Promise.all([vision.close(), plc.close()]);
    },
  };
};
