import { coerceNodeId } from 'node-opcua-client';
import { describe, expect, it } from 'vitest';
import type { PlcTag } from '../../contract/gate.ts';
import { judgeTag, type NodeFacts } from './examine.ts';

const namespaces = ['http://opcfoundation.org/UA/', 'urn:plc'];
const well: NodeFacts = { isThere: true, status: null, type: 'UInt32', value: 1, mayRead: true, mayWrite: true };
const judge = (tag: PlcTag, facts: Partial<NodeFacts>, node = 'ns=1;s=Tag'): string | null =>
  judgeTag(tag, { nodeId: coerceNodeId(node), type: 'UInt32', scale: 1, offset: 0 }, { ...well, ...facts }, namespaces);

describe('a tag on a PLC', () => {
  it.each([
    ['is as the file says', 'PartId', {}, null],
    ['holds nothing yet', 'PartId', { type: 'Null' }, null],
    ['is not there', 'PartId', { isThere: false }, /no such node in namespace 1 \(urn:plc\)/],
    ['is of another type', 'PartId', { type: 'Int32' }, /of type Int32, not UInt32: set type/],
    ['has a bad value', 'PartId', { status: 'BadNoCommunication' }, /cannot be read: BadNoCommunication/],
    ['is not ours to read', 'PartId', { mayRead: false }, /may not read/],
    ['is read only, as it may be', 'PartId', { mayWrite: false }, null],
    ['is not ours to write', 'ResultSeq', { mayWrite: false }, /may not write/],
    ['is only to be written, as it may be', 'ResultSeq', { mayRead: false }, null],
  ] as const)('%s', (_what, tag, facts, fault) => {
    const found = judge(tag, facts);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  it('is looked for in a namespace that the server lacks', () => {
    expect(judge('PartId', { isThere: false }, 'ns=4;s=Tag')).toMatch(/no namespace 4; it has 0 to 1/);
  });
});
