import {
  AttributeIds,
  type ClientSession,
  coerceNodeId,
  DataType,
  type NodeId,
  type StatusCode,
  StatusCodes,
  type WriteValueOptions,
} from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import type { PlcConfig } from '../../config/station.ts';
import { type PlcTag, plcTags } from '../../contract/gate.ts';

export type NodeIds = Record<PlcTag, NodeId>;

const tags = Object.keys(plcTags) as PlcTag[];
const missing: StatusCode[] = [StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid];

/** Where each tag is on this PLC. Throws {@link PersonError} for what is no node id. */
export const nodeIdsOf = (config: Pick<PlcConfig, 'nodeId' | 'tags'>): NodeIds =>
  Object.fromEntries(tags.map((tag) => [tag, parse(config.tags[tag] ?? config.nodeId.replace('%s', tag))])) as NodeIds;

const parse = (text: string): NodeId => {
  try {
    return coerceNodeId(text);
  } catch (cause) {
    throw new PersonError(`"${text}" is no OPC UA node id.`, 'Correct nodeId or tags in the station file.', { cause });
  }
};

/** Reads every tag once. Throws {@link PersonError} that names the first that is missing or of another type. */
export const checkTags = async (session: ClientSession, nodeIds: NodeIds, endpoint: string): Promise<void> => {
  const values = await session.read(tags.map((tag) => ({ nodeId: nodeIds[tag], attributeId: AttributeIds.Value })));
  for (const [index, tag] of tags.entries()) {
    const found = values[index];
    const where = `tag ${tag} (${nodeIds[tag].toString()}) of the PLC at ${endpoint}`;
    if (found === undefined || missing.includes(found.statusCode))
      throw new PersonError(`There is no ${where}.`, 'Correct nodeId or tags in the station file, or the PLC program.');
    const type = found.value.dataType;
    if (type !== DataType.Null && type !== DataType[plcTags[tag]])
      throw new PersonError(`The ${where} is of type ${DataType[type]}, not ${plcTags[tag]}.`, 'Correct the PLC program.');
  }
};

/** One tag of a Write request. */
export const writeOf = (nodeIds: NodeIds, tag: PlcTag, value: unknown): WriteValueOptions => ({
  nodeId: nodeIds[tag],
  attributeId: AttributeIds.Value,
  value: { value: { dataType: DataType[plcTags[tag]], value } },
});
