import { dayOf, lifeStage } from '../../base/certificateLife.ts';
import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import type { AlarmSays, Priority } from '../../contract/alarms.ts';
import { raise, type Raised } from './raise.ts';

type Ending = Exclude<ReturnType<typeof lifeStage>, 'not-yet' | 'in-time' | 'expired'>;

const priorities = { 60: 'low', 30: 'medium', 7: 'high' } as const satisfies Record<Ending, Priority>;

/**
 * What a person should know of the certificates at wall clock `nowMs`: one that ends within 60, 30 or 7 days, one that is
 * out of its time, one of which nobody can say whether it is revoked. // faults #30, #31
 *
 * Code and facts change only with the stage: the journal tells each of them once.
 */
export const certificateAlarms = (certificates: readonly KnownCertificate[], nowMs: number): Raised[] =>
  certificates.flatMap((each) => [...endAlarms(each, nowMs), ...revocationAlarms(each)]);

const endAlarms = (certificate: KnownCertificate, nowMs: number): Raised[] => {
  const stage = lifeStage(certificate, nowMs);
  if (stage === 'in-time') return [];
  const facts = { ...whose(certificate), day: dayOf(stage === 'not-yet' ? certificate.fromMs : certificate.untilMs) };
  const about = (priority: Priority, says: AlarmSays): Raised[] => [
    { ...raise(priority, says), id: `certificate:${facts.endpoint ?? facts.application}:${stage}` },
  ];
  if (stage === 'expired') return about('urgent', { code: 'certificate-expired', facts });
  if (stage === 'not-yet') return about('urgent', { code: 'certificate-not-yet', facts });
  return about(priorities[stage], { code: 'certificate-ends', facts: { ...facts, days: stage } });
};

const revocationAlarms = (certificate: KnownCertificate): Raised[] => {
  if (certificate.isRevocationKnown) return [];
  const facts = whose(certificate);
  return [raise('medium', { code: 'revocation-unknown', facts }, '', facts.endpoint ?? facts.application)];
};

const whose = ({ application, peer, endpoint }: KnownCertificate) => ({ application, peer, endpoint });
