import type { Recipe } from '../../config/recipe.ts';
import type { Trigger } from '../../contract/gate.ts';
import type { HeardBelt } from '../reading.ts';
import { moved, type Plan } from './plan.ts';

type Gate = Pick<Recipe['gate'], 'distanceCounts' | 'pulseCounts' | 'failSafe'>;

/**
 * What lies between sensor and gate and was never heard of: all of it at the start, and what came while triggers were missed. It
 * goes by the fail-safe, as one stretch: out, unless the recipe says that such parts pass. // reject-gate §5, id jump
 * `onStart` is told once, when it is known where the belt was at the start.
 */
export const openUnknown = (plan: Pick<Plan, 'unknown'>, gate: () => Gate, onStart: () => void) => {
  /** Where at the sensor that begins of which nothing is known; `start`: all that is on the belt. */
  let since: 'start' | number | null = 'start';
  let isStart = true;
  let lastTrigger: number | null = null;
  let readAtMs = 0;

  /** From `since` to `encoder`, both at the sensor, without the pulses of the parts that are known. */
  const end = (encoder: number): void => {
    const { distanceCounts, pulseCounts, failSafe } = gate();
    if (isStart) onStart();
    isStart = false;
    const from = since === null || since === 'start' ? encoder : moved(since, distanceCounts + pulseCounts / 2);
    since = null;
    const to = moved(encoder, distanceCounts - pulseCounts / 2);
    if (failSafe !== 'pass-and-mark') plan.unknown.push({ from, to });
  };

  return {
    onTrigger({ encoder }: Pick<Trigger, 'encoder'>): void {
      if (since !== null) end(encoder);
      lastTrigger = encoder;
    },
    onMissed(): void {
      since ??= lastTrigger ?? 'start';
    },
    onBelt({ at, readAtMs: nowReadAtMs }: HeardBelt): void {
      const isNew = nowReadAtMs !== readAtMs;
      readAtMs = nowReadAtMs;
      if (at !== null && isNew && since !== null) end(at.encoder);
    },
  };
};
