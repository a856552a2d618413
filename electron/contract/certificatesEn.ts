import type { AlarmFacts, AlarmTexts } from './alarms.ts';

type Whose = AlarmFacts['revocation-unknown'];

const whose = ({ application, peer, endpoint }: Whose): string =>
  endpoint === null
    ? `certificate of this station for the ${peer} ("${application}")`
    : `certificate of the ${peer} at ${endpoint}`;

const another = ({ application, peer, endpoint }: Whose): string =>
  endpoint === null
    ? `Maintenance: "linegate certificate renew ${application}" makes another; let the ${peer} trust it, then put it to use with --use.`
    : `Maintenance: give the ${peer} another certificate and compare its fingerprint there, then let this station trust it: "linegate certificate trust ${application}".`;

/** What stands still without the application's connection. */
const without: Readonly<Record<string, string>> = {
  line: ' Without it no verdict reaches the gate, and the PLC applies the fail-safe.',
  records: ' Without it reports wait on this station; none is lost.',
};
const refused = ({ application, peer }: Whose): string =>
  `The ${peer} and this station turn each other away when they connect anew; a connection that stands goes on.${without[application] ?? ''}`;

/** English sentences of the alarms of certificates. What has happened changes only with the stage: it is told once. */
export const certificatesEn = {
  'certificate-ends': ({ until, days, ...of }) => ({
    what: `The ${whose(of)} ends on ${until}, in less than ${days} days.`,
    meanwhile: 'All goes on until then.',
    toDo: another(of),
  }),
  'certificate-expired': ({ until, ...of }) => ({
    what: `The ${whose(of)} has expired on ${until}.`,
    meanwhile: refused(of),
    toDo: another(of),
  }),
  'certificate-early': ({ from, ...of }) => ({
    what: `The ${whose(of)} is valid only from ${from} on, by the clock of this station.`,
    meanwhile: refused(of),
    toDo: 'Maintenance: set the clock of this station; when it forgets the time without power, replace its battery.',
  }),
  'revocation-unknown': (of) => ({
    what: `Nobody can say whether the ${whose(of)} is revoked: its authority's list is missing.`,
    meanwhile: 'It is trusted all the same, as the station file says (missingCrl = "warn").',
    toDo: `Maintenance: put the authority's current revocation list into issuers/crl of "${of.application}", for the ${of.peer}.`,
  }),
} satisfies Partial<AlarmTexts>;
