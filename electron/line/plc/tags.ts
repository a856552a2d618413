import { AttributeIds, type ClientSession, DataType, type WriteValueOptions } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import type { PlcConfig } from '../../config/station.ts';
import { type PlcTag, plcTags } from '../../contract/gate.ts';

export type NodeIds = Record<PlcTag, string>;

const tags = Object.keys(plcTags) as PlcTag[];

/** Where each tag is on this PLC. */
export const nodeIdsOf = (config: Pick<PlcConfig, 'nodeId' | 'tags'>): NodeIds =>
  Object.fromEntries(tags.map((tag) => [tag, config.tags[tag] ?? config.nodeId.replace('%s', tag)])) as NodeIds;

/** Asks the PLC for the type of every tag. Throws {@link PersonError} that names the first that is missing or of another type. */
export const checkTags = async (session: ClientSession, nodeIds: NodeIds, endpoint: string): Promise<void> => {
  const types = await session.read(tags.map((tag) => ({ nodeId: nodeIds[tag], attributeId: AttributeIds.DataType })));
  for (const [index, tag] of tags.entries()) {
    const type = types[index];
    const where = `tag ${tag} (${nodeIds[tag]}) of the PLC at ${endpoint}`;
    if (type === undefined || type.statusCode.isNotGood())
      throw new PersonError(`There is no ${where}.`, 'Correct nodeId or tags in the station file, or the PLC program.');
    const wanted = DataType[plcTags[tag]];
    const found: unknown = type.value.value?.value;
    if (found !== wanted)
      throw new PersonError(`The ${where} is not of type ${plcTags[tag]}.`, 'Correct the type in the PLC program.');
  }
};

/** One tag of a Write request; `value` in what it returns may be changed before each use. */
export const writeOf = (nodeIds: NodeIds, tag: PlcTag, value: unknown): WriteValueOptions => ({
  nodeId: nodeIds[tag],
  attributeId: AttributeIds.Value,
  value: { value: { dataType: DataType[plcTags[tag]], value } },
});
