import { AttributeIds, type ClientSession, coerceNodeId, type NodeId } from 'node-opcua-client';
import { PersonError } from './errors.ts';

/** `Server_NamespaceArray`. // OPC 10000-6 Annex A */
const namespaceArray = 'i=2255';

/** The URIs of a server's namespaces, by their numbers. */
export const readNamespaces = async (session: ClientSession): Promise<string[]> => {
  const { value } = await session.read({ nodeId: namespaceArray, attributeId: AttributeIds.Value });
  return [...((value.value as Iterable<string> | null) ?? [])];
};

/**
 * A node id as a person writes it: `ns=3;s=Speed`, or `nsu=urn:acme:packer;s=Speed` where the namespace's number may
 * change with the server's next start. Throws {@link PersonError} for what is none or a namespace that the server lacks.
 * // OPC 10000-6 §5.3.1.10
 */
export const nodeIdOf = (text: string, namespaces: readonly string[]): NodeId => {
  const [, uri, identifier] = /^nsu=([^;]+);(.*)$/s.exec(text) ?? [];
  const namespace = uri === undefined ? null : namespaces.indexOf(uri);
  if (namespace === -1)
    throw new PersonError(
      `The server has no namespace "${uri}"; it has: ${namespaces.join(', ')}.`,
      `Correct "${text}" in the station file.`,
    );
  try {
    return coerceNodeId(namespace === null ? text : `ns=${namespace};${identifier}`);
  } catch (cause) {
    throw new PersonError(`"${text}" is no OPC UA node id.`, 'Correct it in the station file.', { cause });
  }
};
