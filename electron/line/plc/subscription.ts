import {
  AttributeIds,
  type ClientSession,
  DataChangeFilter,
  DataChangeTrigger,
  type DataValue,
  DeadbandType,
  TimestampsToReturn,
} from 'node-opcua-client';
import { type PlcTag, plcTags } from '../../contract/gate.ts';
import { conditionTags } from './condition.ts';
import { emptyJoin, onChange, type TriggerValues, triggerTags } from './join.ts';
import type { TagMap } from './tags.ts';
import { fromWire, type TagValue } from './wire.ts';
import { wishTags } from './wishes.ts';

/** The tags of the PLC that are listened to, beside the trigger's. */
const heardTags = [
  'Heartbeat',
  'Encoder',
  'EncoderRate',
  'LineRunning',
  'FailSafeActive',
  'RejectConfirmed',
  ...wishTags,
  ...conditionTags,
] as const satisfies PlcTag[];
type HeardTag = (typeof heardTags)[number];

export interface PlcNews {
  /** The number of the last trigger before we came. */
  onStanding(triggerSeq: number): void;
  onTrigger(values: TriggerValues): void;
  onChange(tag: HeardTag, value: unknown): void;
}

/** As often as the PLC can: a trigger waits for the next cycle, and the verdict for the trigger. */
const publishingIntervalMs = 1;
/** Cycles without news before the PLC says that it lives, and before it gives the subscription up. */
const keepAliveCount = 500;
const lifetimeCount = 10_000;
/** Four seconds of triggers at 250 a second. */
const queueSize = 1000;

/** Has every trigger and every change of the heard tags told to `news`, as long as the session stands. */
export const subscribe = async (session: ClientSession, map: TagMap, news: PlcNews): Promise<void> => {
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: publishingIntervalMs,
    requestedMaxKeepAliveCount: keepAliveCount,
    requestedLifetimeCount: lifetimeCount,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
  });
  const places = [...triggerTags, ...heardTags].flatMap((tag) => {
    const place = map.get(tag);
    return place === undefined ? [] : [{ tag, place }];
  });
  const group = await subscription.monitorItems(
    places.map(({ place }) => ({ nodeId: place.nodeId, attributeId: AttributeIds.Value })),
    // A trigger's encoder count may be that of the trigger before: the time stamp makes it news.
    {
      samplingInterval: 0,
      queueSize,
      discardOldest: true,
      filter: new DataChangeFilter({
        trigger: DataChangeTrigger.StatusValueTimestamp,
        deadbandType: DeadbandType.None,
        deadbandValue: 0,
      }),
    },
    TimestampsToReturn.Source,
  );
  const join = emptyJoin();
  const standing = new Set<PlcTag>();
  group.on('changed', (_item, { value: held, sourceTimestamp }: DataValue, index) => {
    const found = places[index];
    // A variable that holds nothing yet, or that the PLC cannot tell now.
    if (found === undefined || held.value === null || held.value === undefined) return;
    const { tag, place } = found;
    const value = fromWire(place, plcTags[tag], held.value as TagValue);
    if (!isTriggerTag(tag)) return news.onChange(tag, value);
    if (!standing.has(tag)) {
      // The first value of each is what stood there when we came: a trigger of the past.
      standing.add(tag);
      if (tag === 'TriggerSeq') news.onStanding(Number(value));
      return;
    }
    const trigger = onChange(join, tag, sourceTimestamp?.getTime() ?? 0, Number(value));
    if (trigger !== null) news.onTrigger(trigger);
  });
};

const isTriggerTag = (tag: PlcTag): tag is (typeof triggerTags)[number] => triggerTags.some((each) => each === tag);
