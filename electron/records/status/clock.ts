/** Wall clock and monotonic time, read at the same moment, milliseconds. */
interface Moment {
  wallMs: number;
  monoMs: number;
}

/** A time server moves a clock by less than this between two looks; more is a step that people should know of. */
const leastStepMs = 500;
const lookEveryMs = 1000;

/** By how much the wall clock has jumped between two moments (backwards is negative), `null` when it has not. */
export const stepBetween = (before: Moment, now: Moment): number | null => {
  const stepMs = now.wallMs - before.wallMs - (now.monoMs - before.monoMs);
  return Math.abs(stepMs) < leastStepMs ? null : stepMs;
};

/** `2 h 5 min`, `40 s`: a length of time for people. */
const spoken = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${(ms / 1000).toFixed(1)} s`;
};

/** What to say when the clock stands before the newest record of the run before, `null` when it does not. */
export const behindRecords = (newestRecordMs: number | null, nowMs: number): string | null =>
  newestRecordMs === null || newestRecordMs - nowMs < leastStepMs
    ? null
    : `The clock of this station stands ${spoken(newestRecordMs - nowMs)} before its newest record.`;

/**
 * Tells once of every step of the wall clock (faults #48), also of one that records do not show: at the start it stands
 * before `newestRecordMs`.
 */
export const watchClock = (
  clock: { wallMs(): number; monoMs(): number },
  newestRecordMs: number | null,
  onStep: (what: string) => void,
): { close(): void } => {
  const behind = behindRecords(newestRecordMs, clock.wallMs());
  if (behind !== null) onStep(behind);
  const look = (): Moment => ({ wallMs: clock.wallMs(), monoMs: clock.monoMs() });
  let before = look();
  const timer = setInterval(() => {
    const now = look();
    const stepMs = stepBetween(before, now);
    if (stepMs !== null)
      onStep(`The clock of this station has jumped ${stepMs < 0 ? 'back' : 'ahead'} by ${spoken(Math.abs(stepMs))}.`);
    before = now;
  }, lookEveryMs);
  return { close: () => clearInterval(timer) };
};
