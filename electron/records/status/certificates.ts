import { knownCertificates, type KnownCertificate, type OpcuaApplication } from '../../base/opcuaCertificates.ts';
import type { Logger } from '../../base/log.ts';
import { inWords } from '../../contract/alarms.ts';
import { alarmsEn } from '../../contract/alarmsEn.ts';
import type { Events } from '../store/events.ts';
import { certificateAlarms } from './certificateAlarms.ts';

/** A certificate that was replaced is seen soon; four small files are read. */
const lookEveryMs = 5000;

interface Sinks {
  board: { certificates(known: readonly KnownCertificate[]): void };
  journal: Pick<Events, 'add' | 'recent'>;
  log: Logger;
  wallMs(): number;
}

/** Tells `board` of the applications' certificates, and the journal once of every stage of theirs that a person should know. */
export const watchCertificates = (
  applications: readonly OpcuaApplication[],
  { board, journal, log, wallMs }: Sinks,
): { close(): void } => {
  const told = new Set<string>();
  const look = (): void => {
    const known = knownCertificates(applications);
    board.certificates(known);
    const news = certificateAlarms(known, wallMs())
      .map((alarm) => inWords(alarm, alarmsEn).what)
      .filter((what) => !told.has(what));
    if (news.length === 0) return;
    try {
      for (const { what } of journal.recent(['certificate'], Number.MIN_SAFE_INTEGER)) told.add(what);
      for (const what of news) {
        if (told.has(what)) continue;
        journal.add({ atMs: wallMs(), kind: 'certificate', lane: null, sequence: null, what });
        log.warn(what);
        told.add(what);
      }
    } catch {
      // No records now: told at a later look.
    }
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return { close: () => clearInterval(timer) };
};
