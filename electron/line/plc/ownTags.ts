import type { ClientSession } from 'node-opcua-client';
import { type Owner, owners, type PlcTag } from '../../contract/gate.ts';
import { type TagMap, writesOf } from './tags.ts';
import type { TagValue } from './wire.ts';

/** What the PLC is told about us, beside the commands. */
export interface StationTags {
  ready: boolean;
  late: number;
  missedTriggers: number;
  /** Parts are between trigger and verdict. */
  busy: boolean;
  /** Commands that have not ended: they wait for the PLC, or their parts are on the way to a gate that we time. */
  waiting: number;
  recipe: string;
  modelVersion: string;
  /** Answer to the recipe wish with this sequence, a code of `recipeRefusals`. */
  recipeAck: number;
  recipeError: number;
  stopRequest: boolean;
}

/** Before the lane has said anything. */
export const nothingToTell: StationTags = {
  ready: false,
  late: 0,
  missedTriggers: 0,
  busy: false,
  waiting: 0,
  recipe: '',
  modelVersion: '',
  recipeAck: 0,
  recipeError: 0,
  stopRequest: false,
};

/** What the link itself adds. */
export interface LinkTags {
  /** Id of the last part that was heard of. */
  triggerAck: number;
  owner: Owner;
  /** The gate's output, where the station times it. */
  gateOpen: boolean;
}

type OwnValues = Partial<Record<PlcTag, TagValue>>;

const valuesOf = (tags: StationTags, { triggerAck, owner }: LinkTags): OwnValues => ({
  VisionOnline: true,
  VisionReady: tags.ready,
  VisionBusy: tags.busy,
  TriggerAck: triggerAck,
  BufferDepth: tags.waiting,
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
  /** Switches the gate's output; whether the PLC has taken it. */
  output(open: boolean): Promise<boolean>;
}

/** Our own tags on the PLC, in one session. */
export const openOwnTags = (session: ClientSession, map: TagMap): OwnTags => {
  let told: OwnValues = {};
  let beats = 0;
  return {
    async beat(tags, link) {
      const changed = changes(told, valuesOf(tags, link));
      told = { ...told, ...changed };
      beats += 1;
      // The output again with every heartbeat: a PLC whose watch had taken it back hears where it should be.
      const all: OwnValues = { ...changed, GateOutput: link.gateOpen, VisionHeartbeat: beats };
      await session.write(writesOf(map, Object.entries(all) as [PlcTag, TagValue][]));
    },
    async goodbye() {
      const last = writesOf(map, [
        ['VisionReady', false],
        ['VisionOnline', false],
      ]);
      if (last.length > 0) await session.write(last);
    },
    async output(open) {
      const statuses = await session.write(writesOf(map, [['GateOutput', open]]));
      return statuses.every((status) => status.isGood());
    },
  };
};
