import { describe, expect, it } from 'vitest';
import { nodeIdOf } from './opcuaNode.ts';

const namespaces = ['http://opcfoundation.org/UA/', 'urn:library', 'urn:acme:packer'];

describe('a node id as a person writes it', () => {
  it.each([
    ['ns=3;s=Speed', 'ns=3;s=Speed'],
    ['i=2255', 'ns=0;i=2255'],
    ['nsu=urn:acme:packer;s="DB_Vision"."Part No"', 'ns=2;s="DB_Vision"."Part No"'],
    ['nsu=urn:acme:packer;s=semicolons;too=2', 'ns=2;s=semicolons;too=2'],
    ['nsu=http://opcfoundation.org/UA/;i=84', 'ns=0;i=84'],
  ])('%s is %s', (text, id) => expect(nodeIdOf(text, namespaces).toString()).toBe(id));

  it.each([
    ['nsu=urn:other;s=Speed', /no namespace "urn:other"; it has: .*urn:library/],
    ['nsu=urn:library', /is no OPC UA node id/],
    ['DB_Vision.Speed', /is no OPC UA node id/],
  ])('%s is refused', (text, why) => expect(() => nodeIdOf(text, namespaces)).toThrow(why));
});
