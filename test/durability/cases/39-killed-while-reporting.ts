import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, How, Outcome } from '../../faults/fault.ts';
import { openReporting, until } from '../reporting.ts';

const kills = { full: 200, short: 3 };
const between = 400;
/** The kill comes at any moment of a delivery. */
const mostWaitMs = 300;

const run = async ({ full, say }: How): Promise<Outcome> => {
  const times = full ? kills.full : kills.short;
  const station = await openReporting();
  let made = 0;
  try {
    for (let time = 1; time <= times; time++) {
      await station.start();
      await station.decide(made + 1, made + between);
      made += between;
      await sleep(Math.random() * mostWaitMs);
      await station.kill();
      if (time % 20 === 0) say(`    ${time} kills`);
    }
    await station.start();
    await until(async () => (await station.counts()).received >= made);
    const { received, duplicates, outOfOrder } = await station.counts();
    return {
      happened: `records was killed ${times} times while it delivered; the MES takes a second copy as such.`,
      measured: { kills: times, acknowledged: made, lost: made - received, outOfOrder, secondCopies: duplicates },
      passed: received === made && outOfOrder === 0,
    };
  } finally {
    await station.end();
  }
};

export const fault: Fault = {
  numbers: [39],
  name: 'records killed while it reports',
  toPass: '0 lost, 0 out of order, duplicates absorbed',
  quick: true,
  run,
};
