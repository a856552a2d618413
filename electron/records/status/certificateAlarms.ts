import { dayOf, lifeStage } from '../../base/certificateLife.ts';
import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import { raise, type Raised } from './raise.ts';

type Ending = Exclude<ReturnType<typeof lifeStage>, 'not-yet' | 'in-time' | 'expired'>;

const priorities = { 60: 'low', 30: 'medium', 7: 'high' } as const satisfies Record<Ending, Raised['priority']>;

/**
 * What a person should know of the certificates at wall clock `nowMs`: one that ends within 60, 30 or 7 days, one that is
 * out of its time, one of which nobody can say whether it is revoked, or soon not. // faults #30, #31
 */
export const certificateAlarms = (certificates: readonly KnownCertificate[], nowMs: number): Raised[] =>
  certificates.flatMap((each) => [...endAlarms(each, nowMs), ...revocationAlarms(each, nowMs)]);

const endAlarms = (certificate: KnownCertificate, nowMs: number): Raised[] => {
  const stage = lifeStage(certificate, nowMs);
  if (stage === 'in-time') return [];
  const { application, peer, endpoint, fromMs, untilMs } = certificate;
  const of = { application, peer, endpoint };
  const until = dayOf(untilMs);
  const id = `certificate:${endpoint ?? application}:${stage}`;
  if (stage === 'not-yet')
    return [{ ...raise('urgent', { code: 'certificate-early', facts: { ...of, from: dayOf(fromMs) } }), id }];
  if (stage === 'expired') return [{ ...raise('urgent', { code: 'certificate-expired', facts: { ...of, until } }), id }];
  return [{ ...raise(priorities[stage], { code: 'certificate-ends', facts: { ...of, until, days: stage } }), id }];
};

/** Before a revocation list ends; many authorities make one a week. */
const listWarnMs = 3 * 24 * 3600 * 1000;

const revocationAlarms = (certificate: KnownCertificate, nowMs: number): Raised[] => {
  const { application, peer, endpoint, isRevocationKnown, listUntilMs } = certificate;
  const of = { application, peer, endpoint };
  const on = endpoint ?? application;
  const leftMs = (listUntilMs ?? Infinity) - nowMs;
  if (leftMs <= listWarnMs) {
    const facts = { ...of, until: dayOf(nowMs + leftMs) };
    if (leftMs <= 0) return [raise('high', { code: 'revocation-old', facts }, '', on)];
    if (isRevocationKnown) return [raise('medium', { code: 'revocation-ends', facts }, '', on)];
  }
  return isRevocationKnown ? [] : [raise('medium', { code: 'revocation-unknown', facts: of }, '', on)];
};
