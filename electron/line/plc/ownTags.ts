import type { ClientSession } from 'node-opcua-client';
import { type Owner, owners, type PlcTag } from '../../contract/gate.ts';
import { type NodeIds, writeOf } from './tags.ts';

/** What the PLC is told about us, beside the commands. */
export interface StationTags {
  ready: boolean;
  late: number;
  missedTriggers: number;
  /** Parts are between trigger and verdict. */
  busy: boolean;
  recipe: string;
  modelVersion: string;
  /** Answer to the recipe wish with this sequence, a code of `recipeRefusals`. */
  recipeAck: number;
  recipeError: number;
  stopRequest: boolean;
}

/** What the link itself adds. */
export interface LinkTags {
  /** Id of the last part that was heard of. */
  triggerAck: number;
  /** Commands that wait for the PLC. */
  waiting: number;
  owner: Owner;
}

type OwnValues = Partial<Record<PlcTag, number | boolean | string>>;

const valuesOf = (tags: StationTags, { triggerAck, waiting, owner }: LinkTags): OwnValues => ({
  VisionOnline: true,
  VisionReady: tags.ready,
  VisionBusy: tags.busy,
  TriggerAck: triggerAck,
  BufferDepth: waiting,
  ControlOwner: owners[owner],
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
  beat(tags: StationTags, link: LinkTags): Promise<void>;
  /** The last words before a session is closed in peace. */
  goodbye(): Promise<void>;
}

/** Our own tags on the PLC, in one session. */
export const openOwnTags = (session: ClientSession, nodeIds: NodeIds): OwnTags => {
  let told: OwnValues = {};
  let beats = 0;
  return {
    async beat(tags, link) {
      const changed = changes(told, valuesOf(tags, link));
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
