import { dayOf, type Life, lifeStage } from '../../base/certificateLife.ts';
import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import { renewToDo, replaceToDo, setTheClock } from '../../base/opcuaDates.ts';
import type { Raised } from './alarms.ts';

type Ending = Exclude<ReturnType<typeof lifeStage>, 'not-yet' | 'in-time' | 'expired'>;

const priorities = { 60: 'low', 30: 'medium', 7: 'high' } as const satisfies Record<Ending, Raised['priority']>;

/**
 * What a person should know of the certificates at wall clock `nowMs`: one that ends within 60, 30 or 7 days, one that is
 * out of its time, one of which nobody can say whether it is revoked. // faults #30, #31
 *
 * `what` changes only with the stage: the journal tells each of them once.
 */
export const certificateAlarms = (certificates: readonly KnownCertificate[], nowMs: number): Raised[] =>
  certificates.flatMap((each) => [...endAlarms(each, nowMs), ...revocationAlarms(each)]);

const endAlarms = (certificate: KnownCertificate, nowMs: number): Raised[] => {
  const stage = lifeStage(certificate, nowMs);
  if (stage === 'in-time') return [];
  const { application, peer, endpoint } = certificate;
  const another = endpoint === null ? renewToDo(application, peer) : replaceToDo(peer);
  const alarm = { id: `certificate:${endpoint ?? application}:${stage}`, toDo: stage === 'not-yet' ? setTheClock : another };
  if (stage === 'expired' || stage === 'not-yet')
    return [
      {
        ...alarm,
        priority: 'urgent',
        what: `${whose(certificate)} ${stage === 'expired' ? `has expired on ${dayOf(certificate.untilMs)}` : notYet(certificate)}.`,
        meanwhile: `The ${peer} and this station turn each other away when they connect anew; a connection that stands goes on. ${without[application] ?? ''}`,
      },
    ];
  return [
    {
      ...alarm,
      priority: priorities[stage],
      what: `${whose(certificate)} ends on ${dayOf(certificate.untilMs)}, in less than ${stage} days.`,
      meanwhile: 'All goes on until then.',
    },
  ];
};

/** Without the clock's own day, which would make a new journal entry every midnight. */
const notYet = ({ fromMs }: Life): string => `is valid only from ${dayOf(fromMs)} on, by the clock of this station`;

const revocationAlarms = (certificate: KnownCertificate): Raised[] => {
  if (certificate.isRevocationKnown) return [];
  const { application, peer, endpoint } = certificate;
  return [
    {
      id: `revocation-unknown:${endpoint ?? application}`,
      priority: 'medium',
      what: `Nobody can say whether ${whose(certificate).replace('The', 'the')} is revoked: its authority's list is missing.`,
      meanwhile: 'It is trusted all the same, as the station file says (missingCrl = "warn").',
      toDo: `Maintenance: put the authority's current revocation list into issuers/crl of "${application}", for the ${peer}.`,
    },
  ];
};

const whose = ({ application, peer, endpoint }: KnownCertificate): string =>
  endpoint === null
    ? `The certificate of this station for the ${peer} ("${application}")`
    : `The certificate of the ${peer} at ${endpoint}`;

/** What stands still without the application's connection. */
const without: Readonly<Record<string, string>> = {
  line: 'Without it no verdict reaches the gate, and the PLC applies the fail-safe.',
  records: 'Without it reports wait on this station; none is lost.',
};
