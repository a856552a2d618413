import { AccessLevelFlag, AttributeIds, type ClientSession, DataType, type StatusCode, StatusCodes } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import { type PlcTag, stationTags } from '../../contract/gate.ts';
import type { Place, TagMap } from './tags.ts';

/** What was found where a tag should be. */
export interface TagFinding {
  tag: PlcTag;
  /** Node id and type as the station file says. */
  where: string;
  /** What is there; '' when nothing is. */
  found: string;
  /** What is wrong, in one sentence, or `null`. */
  fault: string | null;
}

/** What a server says of one node. */
export interface NodeFacts {
  isThere: boolean;
  /** Its status when it is there and cannot be read. */
  status: string | null;
  /** `Null` when it holds nothing yet. */
  type: string;
  value: unknown;
  mayRead: boolean;
  mayWrite: boolean;
}

/** Whether a node is what the station file says, and if not why. Pure; `namespaces` are those of the server. */
export const judgeTag = (tag: PlcTag, place: Place, facts: NodeFacts, namespaces: readonly string[]): string | null => {
  const { namespace } = place.nodeId;
  if (namespace >= namespaces.length)
    return `The server has no namespace ${namespace}; it has 0 to ${namespaces.length - 1}: ${namespaces.join(', ')}.`;
  if (!facts.isThere) return `There is no such node in namespace ${namespace} (${namespaces[namespace]}).`;
  if (facts.status !== null) return `It cannot be read: ${facts.status}.`;
  if (facts.type !== 'Null' && facts.type !== place.type)
    return `It is of type ${facts.type}, not ${place.type}: set type in the station file, or correct the PLC program.`;
  if (stationTags.has(tag)) return facts.mayWrite ? null : 'The station may not write it: change its access, or our user.';
  return facts.mayRead ? null : 'The station may not read it: change its access, or our user.';
};

const missing: StatusCode[] = [StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid];

/** Looks at every tag of the map, once, without writing. */
export const examineTags = async (session: ClientSession, map: TagMap, namespaces: readonly string[]): Promise<TagFinding[]> => {
  const places = [...map];
  const read = (attributeId: AttributeIds) => session.read(places.map(([, { nodeId }]) => ({ nodeId, attributeId })));
  const [values, levels] = [await read(AttributeIds.Value), await read(AttributeIds.UserAccessLevel)];
  return places.map(([tag, place], index) => {
    const value = values[index];
    const level = Number(levels[index]?.value.value ?? 0);
    const facts: NodeFacts = {
      isThere: value !== undefined && !missing.includes(value.statusCode),
      status: value?.statusCode.isGood() === false ? value.statusCode.name : null,
      type: DataType[value?.value.dataType ?? DataType.Null],
      value: value?.value.value,
      mayRead: (level & AccessLevelFlag.CurrentRead) !== 0,
      mayWrite: (level & AccessLevelFlag.CurrentWrite) !== 0,
    };
    const found = facts.isThere ? `${facts.type} ${String(facts.value)}` : '';
    return { tag, where: `${place.nodeId.toString()} ${place.type}`, found, fault: judgeTag(tag, place, facts, namespaces) };
  });
};

/** Looks at every tag once. Throws {@link PersonError} that names the first that is wrong. */
export const checkTags = async (
  session: ClientSession,
  map: TagMap,
  namespaces: readonly string[],
  endpoint: string,
): Promise<void> => {
  const wrong = (await examineTags(session, map, namespaces)).find(({ fault }) => fault !== null);
  if (wrong === undefined) return;
  throw new PersonError(
    `The tag ${wrong.tag} (${wrong.where}) of the PLC at ${endpoint} is not as the station file says. ${wrong.fault}`,
    '"linegate plc check" looks at all of them.',
  );
};
