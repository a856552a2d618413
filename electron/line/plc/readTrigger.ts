import { AttributeIds, type ClientSession } from 'node-opcua-client';
import type { TriggerValues } from './join.ts';
import type { TagMap } from './tags.ts';
import { fromWire, type TagValue } from './wire.ts';

const order = ['TriggerSeq', 'PartId', 'EncoderAtTrigger', 'TriggerSeq'] as const;

/** Reads the tags of a trigger in one request; `null` when the program set them meanwhile. */
export const readsTriggers = (session: ClientSession, map: TagMap) => async (): Promise<TriggerValues | null> => {
  const places = order.flatMap((tag) => map.get(tag) ?? []);
  const held = await session.read(places.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })));
  const [before, PartId, EncoderAtTrigger, TriggerSeq] = places.map((place, index) =>
    Number(fromWire(place, 'UInt32', held[index]?.value.value as TagValue)),
  ) as [number, number, number, number];
  return before === TriggerSeq ? { PartId, EncoderAtTrigger, TriggerSeq } : null;
};
