import { AttributeIds, coerceNodeId, DataType, type NodeId, type WriteValueOptions } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import type { PlcConfig } from '../../config/station.ts';
import { foreignTags, type PlcTag, plcTags } from '../../contract/gate.ts';
import { type TagValue, toWire, type Wire } from './wire.ts';

/** Where a tag is on this PLC, and as what. */
export interface Place extends Wire {
  nodeId: NodeId;
}

/** The tags that this PLC has. */
export type TagMap = ReadonlyMap<PlcTag, Place>;

const names = Object.keys(plcTags) as PlcTag[];

/** Where each tag is on this PLC. Throws {@link PersonError} for what is no node id. */
export const tagMapOf = ({ gate, nodeId, tags }: Pick<PlcConfig, 'gate' | 'nodeId' | 'tags'>): TagMap => {
  const map = new Map<PlcTag, Place>();
  for (const tag of names) {
    if (foreignTags[gate].includes(tag)) continue;
    const config = tags[tag] ?? nodeId.replace('%s', tag);
    if (config === false) continue;
    const { node, type = plcTags[tag], scale, offset } = typeof config === 'string' ? plain(config) : config;
    map.set(tag, { nodeId: parse(tag, node), type, scale, offset });
  }
  return map;
};

const plain = (node: string) => ({ node, type: undefined, scale: 1, offset: 0 });

const parse = (tag: PlcTag, text: string): NodeId => {
  try {
    return coerceNodeId(text);
  } catch (cause) {
    throw new PersonError(`"${text}" is no OPC UA node id for the tag ${tag}.`, 'Correct nodeId or tags in the station file.', {
      cause,
    });
  }
};

/** The Write request for these tags and values, in their order, without those that the PLC lacks. */
export const writesOf = (map: TagMap, values: readonly (readonly [PlcTag, TagValue])[]): WriteValueOptions[] =>
  values.flatMap(([tag, value]) => {
    const place = map.get(tag);
    if (place === undefined) return [];
    const { nodeId, type } = place;
    const held = toWire(place, plcTags[tag], value);
    return [{ nodeId, attributeId: AttributeIds.Value, value: { value: { dataType: DataType[type], value: held } } }];
  });
