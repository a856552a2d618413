import type { AlarmFacts, AlarmTexts, AlarmWords, StoreFaultKind } from './alarms.ts';
import { roomOf } from './alarms.ts';
import { certificatesEn } from './certificatesEn.ts';
import { lostPicturesEn } from './lostPicturesEn.ts';
import { picturesEn } from './picturesEn.ts';

/** English sentences of all alarms: for the screen, for the CLI and for logs. */

const lineAway: Omit<AlarmWords, 'what'> = {
  meanwhile: 'The PLC applies the fail-safe to every part by itself. Nothing is inspected.',
  toDo: 'It is started again by itself within seconds. If this stays, call maintenance: "linegate doctor" names the cause.',
};
const noGate = 'No verdict reaches the gate: the PLC applies the fail-safe by itself. Parts are inspected and recorded.';
const reset = 'Then reset the interlock, here or at the PLC.';
const while_ = {
  stop: 'The PLC is asked to stop the belt. What still comes is inspected.',
  alarm: 'The line runs on and every part is inspected.',
} as const satisfies Record<AlarmFacts['model-fault']['does'], string>;
const quality = 'Quality: see the gaps in the records.';
const number = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** What is the matter and what to do, by what the disk says. */
const storeFaults = {
  full: {
    what: 'The disk or the quota of the records is full, and nothing in it may go by the rule.',
    toDo: 'Maintenance: free space on the disk, or see why reports do not reach the MES; then it goes on by itself.',
  },
  damaged: {
    what: 'The file of records is damaged and is being replaced.',
    toDo: 'Nothing now; if this stays for a minute, call maintenance: the disk may be failing.',
  },
  io: {
    what: 'The disk under the records fails.',
    toDo: 'Call maintenance now: check the cable and the health of the disk, and replace it when it is failing.',
  },
  'read-only': {
    what: 'The disk under the records is read-only.',
    toDo: 'Maintenance: mount it for writing. A disk that made itself read-only is failing; replace it.',
  },
  'no-permission': {
    what: 'This station may not write where its records belong.',
    toDo: 'Maintenance: give the data folder to the user that runs Linegate, or correct "dataDir" in the station file.',
  },
  other: {
    what: 'Records cannot be written to the disk.',
    toDo: 'Call maintenance, and send the log of this station to the maker.',
  },
} as const satisfies Record<StoreFaultKind, Omit<AlarmWords, 'meanwhile'>>;

export const alarmsEn: AlarmTexts = {
  'line-away': () => ({ what: 'The inspection is not running.', ...lineAway }),
  ...certificatesEn,
  ...lostPicturesEn,
  ...picturesEn,
  'line-safe': ({ crashes }) => ({
    what: `The inspection crashed ${crashes} times within minutes and is in safe mode.`,
    meanwhile: 'The PLC applies the fail-safe to every part. Nothing is inspected; it is tried again every half minute.',
    toDo: 'Call maintenance: the log and "linegate doctor" name the cause. When it is gone, start it here.',
  }),
  'records-crashing': ({ crashes }) => ({
    what: `What keeps the records and serves this screen has ended ${crashes} times in the last minutes.`,
    meanwhile: 'Parts go on being sorted. Records wait in the inspection until they can be kept.',
    toDo: 'Call maintenance: the log names the cause.',
  }),
  'line-silent': () => ({ what: 'The inspection does not answer.', ...lineAway }),
  'consecutive-rejects': ({ lane, does, rejects }) => ({
    what: `Lane ${lane}: ${rejects} parts in a row were rejected.`,
    meanwhile: while_[does],
    toDo: `Look at the last rejects: is it the parts, the light or the camera? ${reset}`,
  }),
  'reject-rate': ({ lane, does, rejects, parts }) => ({
    what: `Lane ${lane}: ${rejects} of the last ${parts} parts were rejected.`,
    meanwhile: while_[does],
    toDo: `Look at the rejects of the last minutes: is it the parts, the light or the camera? ${reset}`,
  }),
  'model-fault': ({ lane, does }) => ({
    what: `Lane ${lane}: the model gave scores that are no probabilities.`,
    meanwhile: while_[does],
    toDo: `Call maintenance: "linegate model check" tests the model. ${reset}`,
  }),
  'fail-safe-stop': ({ lane, does, reason }) => ({
    what: `Lane ${lane}: a part was not inspected (${reason}).`,
    meanwhile: while_[does],
    toDo: `Take out the part that was not inspected, and see to the cause. ${reset}`,
  }),
  'gate-missed': ({ lane, does, partId }) => ({
    what: `Lane ${lane}: part ${partId}, which was to go out, may have passed the gate.`,
    meanwhile: while_[does],
    toDo: `Take out the bad part: it lies behind the gate. Look at the link to the PLC and the gate's times. ${reset}`,
  }),
  'challenge-failed': ({ lane, does, partId }) => ({
    what: `Lane ${lane}: the challenge with part ${partId} went wrong.`,
    meanwhile: while_[does],
    toDo: `Hold what was made since the last good challenge, and see to camera, model and gate. Repeat the challenge. ${reset}`,
  }),
  'gate-restarted': ({ lane, failSafe }) => ({
    what: `Lane ${lane}: the inspection ended and was started again while parts may have been between camera and gate.`,
    meanwhile:
      failSafe === 'pass-and-mark'
        ? 'All that lay there passes unsorted, also what was to go out.'
        : 'All that lay there goes out, good or bad.',
    toDo: `${failSafe === 'pass-and-mark' ? 'Look at those parts: their records say how the gate ended as unknown.' : 'Good parts are among those in the bin.'} ${reset}`,
  }),
  'camera-runaway': ({ lane }) => ({
    what: `Lane ${lane}: the camera sends more frames than the recipe allows.`,
    meanwhile: 'Frames beyond the limit are not looked at; a part that only they show follows the fail-safe.',
    toDo: "Check the camera's trigger and frame rate, or the limit in the recipe.",
  }),
  'camera-lost': ({ lane }) => ({
    what: `Lane ${lane}: the camera gives no frames.`,
    meanwhile: 'Every part gets the verdict "error" and the gate follows the fail-safe. The camera is tried again all the time.',
    toDo: 'Check its cable, its power and its light. If this stays, call maintenance.',
  }),
  'camera-ended': ({ lane }) => ({
    what: `Lane ${lane}: the recording is at its end.`,
    meanwhile: 'No frame is inspected any more.',
    toDo: 'Start the station again to play it once more, or set another camera in the station file.',
  }),
  'plc-away': ({ lane, endpoint }) => ({
    what: `Lane ${lane}: the PLC at ${endpoint} is not connected.`,
    meanwhile: noGate,
    toDo: 'Check that the PLC runs and its network cable. The connection is tried again all the time.',
  }),
  'plc-stale': ({ lane, endpoint }) => ({
    what: `Lane ${lane}: the PLC at ${endpoint} is connected but gives no sign of life.`,
    meanwhile: noGate,
    toDo: 'Check that the program of the PLC runs (mode RUN) and that its network is not overloaded.',
  }),
  'plc-refused': ({ lane, endpoint }) => ({
    what: `Lane ${lane}: the PLC at ${endpoint} and this station do not trust each other.`,
    meanwhile: noGate,
    toDo: 'Maintenance: approve the certificates on both sides and check user name and password.',
  }),
  'fail-safe': ({ lane }) => ({
    what: `Lane ${lane}: the gate is in fail-safe.`,
    meanwhile: 'The PLC decides about every part by the rule of the recipe, not by the verdict.',
    toDo: 'Look at the other alarms first. If there is none, acknowledge the fail-safe at the PLC.',
  }),
  'line-stopped': ({ lane }) => ({
    what: `Lane ${lane}: the belt stands.`,
    meanwhile: 'No parts come. The inspection is ready.',
    toDo: 'Start the belt when production is to go on.',
  }),
  bypass: ({ lane, mode }) => ({
    what: `Lane ${lane}: the gate is in ${mode}. Bad parts are not rejected.`,
    meanwhile: 'Every part passes, whatever its verdict. Parts are inspected and recorded.',
    toDo: 'Hold back what was made meanwhile, and switch the PLC to automatic.',
  }),
  'bin-full': ({ lane }) => ({
    what: `Lane ${lane}: the reject bin is full.`,
    meanwhile: 'Verdicts go to the gate; rejected parts may not leave the belt.',
    toDo: 'Empty the reject bin.',
  }),
  'no-air': ({ lane }) => ({
    what: `Lane ${lane}: the gate has no air pressure.`,
    meanwhile: 'Verdicts go to the gate, but it cannot move.',
    toDo: 'Stop the belt and see to the compressed air.',
  }),
  'records-full': () => ({
    what: 'No more records can wait in the inspection.',
    meanwhile: 'No verdict goes to the gate: the PLC applies the fail-safe. Parts without a record are a gap that is recorded.',
    toDo: 'Call maintenance now: the disk takes no records. It goes on by itself once it does.',
  }),
  'records-waiting': ({ records }) => ({
    what: `${records} records wait to be written to the disk.`,
    meanwhile: 'Parts go on being sorted. When the waiting line is full, the line goes into fail-safe.',
    toDo: 'If the number keeps growing, call maintenance: the disk is too slow.',
  }),
  'disk-low': ({ usedPercent, freeBytes }) => ({
    what: `The disk is ${usedPercent} % full; ${roomOf(freeBytes)} are left.`,
    meanwhile: 'No record is lost. Pictures make room first, then the oldest records of good parts.',
    toDo: 'Maintenance: free space on the disk or give the station a larger one.',
  }),
  'mes-away': ({ reports }) => ({
    what: 'The MES is not connected.',
    meanwhile: `Production goes on. ${number(reports, 'report waits', 'reports wait')} on the disk until it takes them.`,
    toDo: 'Where the words for maintenance name a certificate, a password or a setting, maintenance puts it right as they say. Otherwise tell whoever looks after the MES or the plant network.',
  }),
  'mes-refuses': ({ what, reports }) => ({
    what: what === 'reports' ? 'The MES is connected but takes no reports.' : 'The MES is connected but gives no orders.',
    meanwhile:
      what === 'reports'
        ? `Production goes on. ${number(reports, 'report waits', 'reports wait')} on the disk; it is tried again by itself.`
        : 'Production goes on with the order that runs, and reports are sent; it is tried again by itself.',
    toDo: 'Tell whoever looks after the MES, with what it said the last time.',
  }),
  'mes-fetches-none': ({ reports }) => ({
    what: 'The MES has fetched no results for ten minutes.',
    meanwhile: `Production goes on. ${number(reports, 'report waits', 'reports wait')} on the disk until it fetches them.`,
    toDo: 'Tell whoever looks after the MES or the plant network.',
  }),
  'reports-refused': ({ reports }) => ({
    what: `The MES has refused ${number(reports, 'report', 'reports')} for good.`,
    meanwhile: 'Production goes on; the records are kept here, other reports are sent.',
    toDo: 'Quality: find out with those who look after the MES why it does not take them.',
  }),
  'records-missing': ({ lane, first, last, gaps, parts, cause }) => ({
    what:
      cause === 'damage'
        ? `Lane ${lane}: what was recorded ${gaps === 1 ? 'under' : `in ${gaps} places among`} the numbers ${first} to ${last}, if they were given at all, is lost.`
        : `Lane ${lane}: ${number(parts, 'part has', 'parts have')} no record (${gaps === 1 ? '' : `in ${gaps} places, `}numbers ${first} to ${last}).`,
    meanwhile: 'Each gap itself is recorded. What was decided about these parts is not known here.',
    toDo: 'Quality: decide about the parts of that time by the counts of the PLC.',
  }),
  'records-set-aside': ({ records }) => ({
    what: `${number(records, 'record was', 'records were')} not readable and lie aside.`,
    meanwhile: 'The parts were sorted; these records are neither counted nor reported.',
    toDo: 'Send the log of this station to the maker.',
  }),
  'store-fault': ({ kind }) => ({
    meanwhile:
      'Parts go on being sorted. Their records wait in memory for a few minutes of production; when it is full, the line goes into fail-safe.',
    ...storeFaults[kind],
  }),
  damaged: () => ({
    what: 'The file of records was damaged.',
    meanwhile: 'Production and recording go on. The damaged file lies in the folder "damaged" beside the records.',
    toDo: `${quality} Maintenance: check the disk; a good one does not damage files.`,
  }),
  'log-lost': () => ({
    what: 'The last records before a stop may be lost.',
    meanwhile: 'Production and recording go on. The numbers of the parts go on farther up.',
    toDo: `${quality} Maintenance: find out who or what touched the data folder.`,
  }),
  restored: () => ({
    what: 'The records of this station are a backup that was put back.',
    meanwhile: 'Production and recording go on. The numbers of the parts go on far above those that the backup has.',
    toDo: `${quality} What was recorded after the backup is only where it was reported or exported to.`,
  }),
  'clock-step': () => ({
    what: 'The clock of this station was not right.',
    meanwhile: 'Production and recording go on; records are in the order of their numbers, whatever the clock says.',
    toDo: 'Maintenance: check the time server if this comes again.',
  }),
};
