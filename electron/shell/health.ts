import { setTimeout as sleep } from 'node:timers/promises';

const tryEveryMs = 250;
const answerWithinMs = 1000;

/** Whether a station answers at `home`. */
export const isHealthy = async (home: URL, signal: AbortSignal): Promise<boolean> => {
  try {
    const answer = await fetch(new URL('/healthz', home), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
};

/** Asks until the station answers; rejects only when `signal` aborts. */
export const untilHealthy = async (home: URL, signal: AbortSignal): Promise<void> => {
  while (!(await isHealthy(home, signal))) await sleep(tryEveryMs, undefined, { signal });
};
