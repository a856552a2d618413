/**
 * The only file that reads a clock. Rules take `now` as an argument.
 *
 * Monotonic time is CLOCK_MONOTONIC in milliseconds: the same scale in every process of the station, so time stamps
 * taken in `vision` and `line` can be subtracted. Wall time is for people and for the MES.
 */
export const monoMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Wall-clock time, milliseconds since 1970. */
export const wallMs = (): number => Date.now();
