import type { Fault, How, Outcome } from '../../faults/fault.ts';
import { openCutter } from '../cutter.ts';
import { openReporting, until } from '../reporting.ts';

const cuts = { full: 1000, short: 3 };
const perCut = 20;
/** So long the MES holds its answer back: the cut falls between taking and answering. */
const answerDelayMs = 100;

const run = async ({ full, say }: How): Promise<Outcome> => {
  const times = full ? cuts.full : cuts.short;
  const station = await openReporting();
  const cutter = await openCutter(station.doorPort, station.mesPort);
  station.writeStation(station.doorPort);
  let made = 0;
  let lostAnswers = 0;
  try {
    station.mes.knob('answer-delay', `${answerDelayMs}`);
    await station.start();
    for (let time = 1; time <= times; time++) {
      const before = (await station.counts()).received;
      await station.decide(made + 1, made + perCut);
      made += perCut;
      if (await until(async () => (await station.counts()).received > before, 30_000, 5)) {
        cutter.cut();
        lostAnswers += 1;
      }
      if (time % 50 === 0) say(`    ${time} answers lost`);
    }
    await until(async () => (await station.totals()).unreported === 0);
    const { received, duplicates, outOfOrder } = await station.counts();
    return {
      happened: `The line to the MES was cut ${lostAnswers} times after it had taken reports and before its answer.`,
      measured: { cuts: lostAnswers, made, lost: made - received, outOfOrder, secondCopies: duplicates },
      passed: received === made && outOfOrder === 0 && duplicates > 0 && lostAnswers === times,
    };
  } finally {
    await station.end();
    await cutter.close();
  }
};

export const fault: Fault = {
  numbers: [46],
  name: 'the MES takes reports, its answer is lost',
  toPass: '0 duplicates by id, 0 lost, 0 out of order, × 1,000',
  quick: true,
  run,
};
