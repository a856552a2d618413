import type { Fault, Outcome } from '../../faults/fault.ts';
import { lane, openReporting, until } from '../reporting.ts';

const poisoned = 3;
const parts = 200;

const run = async (): Promise<Outcome> => {
  const station = await openReporting();
  try {
    station.mes.knob('refuse', `test/${lane}/${poisoned}`);
    await station.start();
    // First alone, so that nothing but the poison is offered: the worst case for what comes after it.
    await station.decide(1, poisoned);
    const startMs = performance.now();
    await station.decide(poisoned + 1, parts);
    await until(async () => (await station.counts()).received >= parts - 1, 30_000, 5);
    const othersDelayedMs = performance.now() - startMs;
    const isAside = await until(async () => (await station.totals()).deadLetters === 1, 30_000);
    const { received, outOfOrder, refused } = await station.counts();
    return {
      happened: 'The MES refused one report for ever; it was set aside for a person, and the others went on.',
      measured: { othersDelayedMs, refusals: refused, deadLetters: isAside ? 1 : 0, lost: parts - 1 - received, outOfOrder },
      passed: isAside && refused === 5 && received === parts - 1 && outOfOrder === 0 && othersDelayedMs <= 10_000,
    };
  } finally {
    await station.end();
  }
};

export const fault: Fault = {
  numbers: [47],
  name: 'poison record',
  toPass: 'set aside after 5 refusals, others delayed ≤ 10 s',
  quick: false,
  run,
};
