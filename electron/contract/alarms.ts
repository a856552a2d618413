import type { Refusal } from './frame.ts';
import type { FailSafe, PlcMode } from './gate.ts';

/**
 * What kept the store from its work. `full`: the disk or the quota; `damaged`: the file is not what was written;
 * `io`: the disk failed, and what the last write left is not known; the others speak for themselves.
 */
export type StoreFaultKind = 'full' | 'damaged' | 'io' | 'read-only' | 'no-permission' | 'other';

/** What is wrong with frames of a camera that runs. */
export const pictureFaults = [
  ...(['black', 'saturated', 'frozen', 'blurred', 'wrong-format'] as const),
  ...(['torn', 'frame-lost', 'late', 'again'] as const),
] as const satisfies Refusal[];
export type PictureFault = (typeof pictureFaults)[number];
/** Whether a frame that could not be judged tells of such a fault: not one that only says what the line did with it. */
export const isPictureFault = (why: Refusal): why is PictureFault => (pictureFaults as readonly Refusal[]).includes(why);

interface OfLane {
  lane: string;
}
interface OfPlc extends OfLane {
  endpoint: string;
}
interface OfInterlock extends OfLane {
  does: 'stop' | 'alarm';
}
/** Whose certificate it is: our application's own (`endpoint` is `null`) or the peer's at `endpoint`. Days are `2026-11-21`. */
interface OfCertificate {
  application: string;
  peer: string;
  endpoint: string | null;
}
type Nothing = Record<never, never>;

/** Every alarm by its code, with what its sentences need. The sentences are in the language of who reads them. */
export interface AlarmFacts {
  'line-away': Nothing;
  'line-silent': Nothing;
  'line-safe': { crashes: number };
  'records-crashing': { crashes: number };
  'certificate-ends': OfCertificate & { until: string; days: number };
  'certificate-expired': OfCertificate & { until: string };
  'certificate-early': OfCertificate & { from: string };
  'revocation-unknown': OfCertificate;
  'revocation-ends': OfCertificate & { until: string };
  'revocation-old': OfCertificate & { until: string };
  'consecutive-rejects': OfInterlock & { rejects: number };
  'reject-rate': OfInterlock & { rejects: number; parts: number };
  'model-fault': OfInterlock;
  'fail-safe-stop': OfInterlock & { reason: string };
  'gate-missed': OfInterlock & { partId: number };
  'challenge-failed': OfInterlock & { partId: number };
  'gate-restarted': OfInterlock & { failSafe: FailSafe };
  'camera-picture': OfLane & { why: PictureFault; frames: number };
  'camera-runaway': OfLane;
  'camera-lost': OfLane;
  'camera-ended': OfLane;
  'plc-away': OfPlc;
  'plc-stale': OfPlc;
  'plc-refused': OfPlc;
  'fail-safe': OfLane;
  'line-stopped': OfLane;
  bypass: OfLane & { mode: PlcMode };
  'bin-full': OfLane;
  'no-air': OfLane;
  'records-full': Nothing;
  'records-waiting': { records: number };
  /** No kind: nothing refused them, the disk did not keep up. */
  'pictures-lost': { kind?: StoreFaultKind };
  'disk-low': { usedPercent: number; freeBytes: number };
  'mes-away': { reports: number };
  'mes-refuses': { what: 'reports' | 'orders'; reports: number };
  'mes-fetches-none': { reports: number };
  'reports-refused': { reports: number };
  'records-missing': OfLane & { first: number; last: number; gaps: number; parts: number; cause: 'skipped' | 'damage' };
  'records-set-aside': { records: number };
  'store-fault': { kind: StoreFaultKind };
  damaged: Nothing;
  'log-lost': Nothing;
  restored: Nothing;
  'clock-step': Nothing;
}
export type AlarmCode = keyof AlarmFacts;

/** One of them, as it stands. */
export type AlarmSays<Code extends AlarmCode = AlarmCode> = {
  [C in Code]: { code: C; facts: AlarmFacts[C] };
}[Code];

export type Priority = 'low' | 'medium' | 'high' | 'urgent';

/** What an operator should know or do. */
export type Alarm = AlarmSays & {
  /** The code and what tells it from others with the same code. */
  id: string;
  priority: Priority;
  sinceMs: number;
  /** What the device or the disk itself has said, in English; may be empty. */
  detail: string;
  /** The lane whose interlocks a person resets here, once the cause is seen to. */
  resets?: string;
  /** What is in safe mode may be started now, here. */
  startsAgain?: true;
};

/** An alarm in words: what happened · what the line does meanwhile · what to do. */
export interface AlarmWords {
  what: string;
  meanwhile: string;
  toDo: string;
}
/** A language's sentences for every alarm. */
export type AlarmTexts = { [C in AlarmCode]: (facts: AlarmFacts[C]) => AlarmWords };

/** An alarm in the words of a language. */
export const inWords = <C extends AlarmCode>({ code, facts }: AlarmSays<C>, texts: AlarmTexts): AlarmWords => texts[code](facts);

/** A size on a disk, the same in every language that we speak. */
export const roomOf = (bytes: number): string =>
  bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;
