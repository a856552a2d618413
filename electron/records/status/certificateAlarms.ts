import { dayOf, lifeStage } from '../../base/certificateLife.ts';
import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import { raise, type Raised } from './raise.ts';

type Ending = Exclude<ReturnType<typeof lifeStage>, 'not-yet' | 'in-time' | 'expired'>;

const priorities = { 60: 'low', 30: 'medium', 7: 'high' } as const satisfies Record<Ending, Raised['priority']>;

/**
 * What a person should know of the certificates at wall clock `nowMs`: one that ends within 60, 30 or 7 days, one that is
 * out of its time, one of which nobody can say whether it is revoked. // faults #30, #31
 */
export const certificateAlarms = (certificates: readonly KnownCertificate[], nowMs: number): Raised[] =>
  certificates.flatMap((each) => [...endAlarms(each, nowMs), ...revocationAlarms(each)]);

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

const revocationAlarms = ({ application, peer, endpoint, isRevocationKnown }: KnownCertificate): Raised[] => {
  if (isRevocationKnown) return [];
  const says = { code: 'revocation-unknown', facts: { application, peer, endpoint } } as const;
  return [raise('medium', says, '', endpoint ?? application)];
};
