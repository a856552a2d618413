import type { ClientSession } from 'node-opcua-client';
import type { PlcTag } from '../../contract/gate.ts';
import { type NodeIds, writeOf } from './tags.ts';

/** What the PLC is told about us, beside the commands. */
export interface StationTags {
  ready: boolean;
  late: number;
  missedTriggers: number;
  recipe: string;
  modelVersion: string;
  /** Answer to the recipe wish with this sequence, a code of `recipeRefusals`. */
  recipeAck: number;
  recipeError: number;
  stopRequest: boolean;
}

type OwnValues = Partial<Record<PlcTag, number | boolean | string>>;

const valuesOf = (tags: StationTags, triggerAck: number): OwnValues => ({
  VisionOnline: true,
  VisionReady: tags.ready,
  TriggerAck: triggerAck,
  ResultLate: tags.late,
  MissedTriggers: tags.missedTriggers,
  RecipeActive: tags.recipe,
  ModelVersion: tags.modelVersion,
  RecipeError: tags.recipeError,
  RecipeAck: tags.recipeAck,
  StopRequest: tags.stopRequest,
});

/** The changes since `told`, as tags and values. */
export const changes = (told: OwnValues, now: OwnValues): OwnValues =>
  Object.fromEntries(Object.entries(now).filter(([tag, value]) => told[tag as PlcTag] !== value));

export interface OwnTags {
  /** One Write request with our heartbeat and what has changed. */
  beat(tags: StationTags, triggerAck: number): Promise<void>;
  /** The last words before a session is closed in peace. */
  goodbye(): Promise<void>;
}

/** Our own tags on the PLC, in one session. */
export const openOwnTags = (session: ClientSession, nodeIds: NodeIds): OwnTags => {
  let told: OwnValues = {};
  let beats = 0;
  return {
    async beat(tags, triggerAck) {
      const changed = changes(told, valuesOf(tags, triggerAck));
      told = { ...told, ...changed };
      beats += 1;
      const all: OwnValues = { ...changed, VisionHeartbeat: beats };
      await session.write(Object.entries(all).map(([tag, value]) => writeOf(nodeIds, tag as PlcTag, value)));
    },
    async goodbye() {
      await session.write([writeOf(nodeIds, 'VisionReady', false), writeOf(nodeIds, 'VisionOnline', false)]);
    },
  };
};
