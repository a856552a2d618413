import { describe, expect, it } from 'vitest';
import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import { type AlarmWords, inWords } from '../../contract/alarms.ts';
import { alarmsEn } from '../../contract/alarmsEn.ts';
import { certificateAlarms } from './certificateAlarms.ts';

const dayMs = 24 * 3600 * 1000;
const own: KnownCertificate = {
  ...{ application: 'line', peer: 'PLC', endpoint: null, fingerprint: 'AB', subject: 'CN=Linegate line' },
  ...{ fromMs: 0, untilMs: 100 * dayMs, isRevocationKnown: true, listUntilMs: null },
};
const plcs: KnownCertificate = { ...own, endpoint: 'opc.tcp://plc:4840' };
const words = (known: KnownCertificate[], nowMs: number): AlarmWords[] =>
  certificateAlarms(known, nowMs).map((alarm) => inWords(alarm, alarmsEn));
const raised = (certificate: KnownCertificate, day: number): string[] =>
  certificateAlarms([certificate], day * dayMs).map(({ id, priority }) => `${priority} ${id}`);

describe('alarms of certificates', () => {
  it.each([
    [-1, ['urgent certificate:line:not-yet']],
    [39, []],
    [41, ['low certificate:line:60']],
    [71, ['medium certificate:line:30']],
    [94, ['high certificate:line:7']],
    [100, ['urgent certificate:line:expired']],
  ])('of our own on day %i', (day, expected) => expect(raised(own, day)).toEqual(expected));

  it('say whose certificate it is, until when, and what to do', () => {
    const [ours] = words([own], 50 * dayMs);
    expect(ours?.what).toBe('The certificate of this station for the PLC ("line") ends on 1970-04-11, in less than 60 days.');
    expect(ours?.toDo).toContain('"linegate certificate renew line"');
    const [theirs] = words([plcs], 101 * dayMs);
    expect(theirs?.what).toBe('The certificate of the PLC at opc.tcp://plc:4840 has expired on 1970-04-11.');
    expect(theirs?.meanwhile).toContain('fail-safe');
    expect(theirs?.toDo).toContain('fingerprint');
    expect(words([plcs], -1)[0]?.toDo).toContain('clock');
  });

  it('say the same all through a stage, so that it is told once', () => {
    const said = [41, 50, 69].map((day) => words([own], day * dayMs)[0]?.what);
    expect(new Set(said).size).toBe(1);
  });

  it.each([
    [96, []],
    [98, ['medium revocation-ends:opc.tcp://plc:4840']],
    [100, ['high revocation-old:opc.tcp://plc:4840']],
  ])('tell of a revocation list that ends on day 100, on day %i', (day, expected) =>
    expect(raised({ ...plcs, untilMs: 1000 * dayMs, listUntilMs: 100 * dayMs }, day)).toEqual(expected),
  );

  it('tell of a list past its end once, though the last connection was made without it', () => {
    const [old, ...others] = words([{ ...plcs, isRevocationKnown: false, listUntilMs: 0 }], dayMs);
    expect(others).toEqual([]);
    expect(old?.meanwhile).toMatch(/goes on; the next is refused.*missingCrl/);
  });

  it('tell of a certificate that nobody could find revoked', () => {
    expect(raised({ ...plcs, isRevocationKnown: false }, 1)).toEqual(['medium revocation-unknown:opc.tcp://plc:4840']);
  });
});
