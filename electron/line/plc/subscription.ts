import {
  AttributeIds,
  type ClientSession,
  DataChangeFilter,
  DataChangeTrigger,
  type DataValue,
  DeadbandType,
  TimestampsToReturn,
} from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import type { PlcConfig } from '../../config/station.ts';
import { type PlcTag, plcTags } from '../../contract/gate.ts';
import { conditionTags } from './condition.ts';
import type { Pace } from './pace.ts';
import type { Place, TagMap } from './tags.ts';
import { readsTriggers } from './readTrigger.ts';
import { isTriggerTag, takeRead, takeStamped, type TriggerNews } from './triggers.ts';
import { fromWire, type TagValue } from './wire.ts';
import { wishTags } from './wishes.ts';

/** The tags of the PLC that are listened to, beside the trigger's and the echo's. */
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

export interface PlcNews extends TriggerNews {
  onChange(tag: HeardTag, value: unknown): void;
}
/** What is heard in one session, the PLC's answers by echo among it. */
export interface SessionNews extends PlcNews {
  onEcho(value: TagValue): void;
}

/** How the PLC tells of triggers and answers. */
export type Manners = Pick<PlcConfig, 'triggers' | 'answers'>;

/** As often as the PLC can: a trigger waits for the next cycle, and the verdict for the trigger. */
const publishingIntervalMs = 1;
/** Cycles without news before the PLC says that it lives, and before it gives the subscription up. */
const keepAliveCount = 500;
const lifetimeCount = 10_000;
/** Four seconds of triggers at 250 a second. */
const queueSize = 1000;

type Placed = { tag: PlcTag; place: Place };

/** Has every trigger and every change of the heard tags told to `news`, as long as the session stands; returns how often. */
export const subscribe = async (
  session: ClientSession,
  map: TagMap,
  { triggers, answers }: Manners,
  news: SessionNews,
): Promise<Pace> => {
  const taker = triggers === 'stamped' ? takeStamped(news) : takeRead(readsTriggers(session, map), news);
  const echoes: PlcTag[] = answers === 'echo' ? ['ResultAck'] : [];
  const places = [...taker.tags, ...heardTags, ...echoes].flatMap((tag): Placed[] => {
    const place = map.get(tag);
    return place === undefined ? [] : [{ tag, place }];
  });
  const hear = ({ tag, place }: Placed, { value: held, sourceTimestamp }: DataValue): void => {
    // A variable that holds nothing yet, or that the PLC cannot tell now.
    if (held.value === null || held.value === undefined) return;
    const value = fromWire(place, plcTags[tag], held.value as TagValue);
    if (isTriggerTag(tag)) taker.hear(tag, sourceTimestamp?.getTime() ?? 0, Number(value));
    else if (tag === 'ResultAck') news.onEcho(value);
    else news.onChange(tag as HeardTag, value);
  };
  return monitor(session, places, hear);
};

const monitor = async (
  session: ClientSession,
  places: readonly Placed[],
  hear: (placed: Placed, value: DataValue) => void,
): Promise<Pace> => {
  const subscription = await session.createSubscription2({
    requestedPublishingInterval: publishingIntervalMs,
    requestedMaxKeepAliveCount: keepAliveCount,
    requestedLifetimeCount: lifetimeCount,
    maxNotificationsPerPublish: 0,
    publishingEnabled: true,
    priority: 10,
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
  group.on('changed', (_item, value: DataValue, index) => {
    const placed = places[index];
    if (placed !== undefined) hear(placed, value);
  });
  const results = group.monitoredItems.map(({ result }) => result);
  const refused = results.findIndex((result) => result?.statusCode.isGood() !== true);
  if (refused !== -1)
    throw new PersonError(
      `The PLC does not report changes of ${places[refused]?.tag}: ${results[refused]?.statusCode.name ?? 'no answer'}.`,
      'Raise the limits of its OPC UA server for subscriptions and monitored items.',
    );
  const samplingMs = Math.max(...results.map((result) => result?.revisedSamplingInterval ?? 0));
  return { publishingMs: subscription.publishingInterval, samplingMs };
};
