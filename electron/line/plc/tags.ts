import { AttributeIds, DataType, type NodeId, type WriteValueOptions } from 'node-opcua-client';
import { nodeIdOf } from '../../base/opcuaNode.ts';
import { type PlcConfig, tagConfig } from '../../config/station.ts';
import { foreignTags, type PlcTag, plcTags } from '../../contract/gate.ts';
import { type TagValue, toWire, type Wire } from './wire.ts';

/** Where a tag is on this PLC, and as what. */
export interface Place extends Wire {
  nodeId: NodeId;
}

/** The tags that this PLC has. */
export type TagMap = ReadonlyMap<PlcTag, Place>;

const names = Object.keys(plcTags) as PlcTag[];

/** Where each tag is on this PLC, whose namespaces are these. Throws `PersonError` for what is no node id of it. */
export const tagMapOf = (binding: Pick<PlcConfig, 'gate' | 'nodeId' | 'tags'>, namespaces: readonly string[]): TagMap => {
  const map = new Map<PlcTag, Place>();
  for (const tag of names) {
    if (foreignTags[binding.gate].includes(tag)) continue;
    const config = tagConfig(binding, tag);
    if (config === false) continue;
    const { node, type = plcTags[tag], scale, offset } = typeof config === 'string' ? plain(config) : config;
    map.set(tag, { nodeId: nodeIdOf(node, namespaces), type, scale, offset });
  }
  return map;
};

const plain = (node: string) => ({ node, type: undefined, scale: 1, offset: 0 });

/** The Write request for these tags and values, in their order, without those that the PLC lacks. */
export const writesOf = (map: TagMap, values: readonly (readonly [PlcTag, TagValue])[]): WriteValueOptions[] =>
  values.flatMap(([tag, value]) => {
    const place = map.get(tag);
    if (place === undefined) return [];
    const { nodeId, type } = place;
    const held = toWire(place, plcTags[tag], value);
    return [{ nodeId, attributeId: AttributeIds.Value, value: { value: { dataType: DataType[type], value: held } } }];
  });
