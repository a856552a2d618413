import type { AlarmFacts, AlarmTexts } from '../../electron/contract/alarms.ts';

type Whose = AlarmFacts['revocation-unknown'];

const peerOf = ({ peer }: Whose): string => (peer === 'PLC' ? 'die SPS' : `das ${peer}`);
const whose = (of: Whose): string =>
  of.endpoint === null
    ? `Zertifikat dieser Station für ${peerOf(of)} („${of.application}“)`
    : `Zertifikat, das ${peerOf(of)} unter ${of.endpoint} zeigt,`;

const another = (of: Whose): string =>
  of.endpoint === null
    ? `Instandhaltung: „linegate certificate renew ${of.application}“ macht ein neues; ihm dort vertrauen lassen, dann mit --use verwenden.`
    : `Instandhaltung: dort ein neues Zertifikat einsetzen, seinen Fingerabdruck vergleichen, dann ihm hier vertrauen: „linegate certificate trust ${of.application}“.`;

const without: Readonly<Record<string, string>> = {
  line: ' Ohne sie erreicht kein Urteil die Weiche, und die SPS wendet ihr Notverhalten an.',
  records: ' Ohne sie warten Meldungen auf dieser Station; keine geht verloren.',
};
const refused = ({ application }: Whose): string =>
  `Eine neue Verbindung wird abgewiesen; die bestehende hält.${without[application] ?? ''}`;

/** German sentences of the alarms of certificates. */
export const certificatesDe = {
  'certificate-ends': ({ until, days, ...of }) => ({
    what: `Das ${whose(of)} endet am ${until}, in weniger als ${days} Tagen.`,
    meanwhile: 'Bis dahin geht alles weiter.',
    toDo: another(of),
  }),
  'certificate-expired': ({ until, ...of }) => ({
    what: `Das ${whose(of)} ist am ${until} abgelaufen.`,
    meanwhile: refused(of),
    toDo: another(of),
  }),
  'certificate-early': ({ from, ...of }) => ({
    what: `Das ${whose(of)} gilt nach der Uhr dieser Station erst ab ${from}.`,
    meanwhile: refused(of),
    toDo: 'Instandhaltung: die Uhr dieser Station stellen; vergisst sie die Zeit ohne Strom, ihre Batterie ersetzen.',
  }),
  'revocation-unknown': (of) => ({
    what: `Ob das ${whose(of)} widerrufen ist, kann niemand sagen: die Liste seiner Stelle fehlt.`,
    meanwhile: 'Ihm wird trotzdem vertraut, wie die Stationsdatei sagt (missingCrl = "warn").',
    toDo: `Instandhaltung: die aktuelle Sperrliste nach issuers/crl von „${of.application}“ legen.`,
  }),
} satisfies Partial<AlarmTexts>;
