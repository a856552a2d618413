import { setTimeout as sleep } from 'node:timers/promises';
import { aRecord } from '../../records/record.ts';
import type { Fault } from '../../faults/fault.ts';
import { aFeeder } from '../feeder.ts';
import { inspect } from '../inspect.ts';
import { aStation, startRecords } from '../station.ts';

const everyTime = 500;

/** Kills the real process at random moments while records come in, and feeds the next as `line` does. */
export const fault: Fault = {
  numbers: [39],
  name: 'records killed at random',
  toPass: '0 acknowledged records lost, 0 out of order, 0 crash loops',
  quick: true,
  async run({ full, say }) {
    const kills = full ? 200 : 8;
    using station = aStation(18_739);
    const feeder = aFeeder((sequence) => aRecord({ sequence }));
    for (let kill = 1; kill <= kills; kill++) {
      const records = startRecords(station);
      const upTo = feeder.acknowledged() + everyTime;
      const killed = new AbortController();
      const feeding = feeder.feed(station.socket, upTo, killed.signal);
      await records.ready;
      await sleep(Math.random() * 60);
      await records.kill();
      killed.abort();
      await feeding;
      if (kill % 20 === 0) say(`  ${kill} of ${kills} kills, ${feeder.acknowledged()} records acknowledged`);
    }
    const records = startRecords(station);
    await feeder.feed(station.socket, feeder.acknowledged() + everyTime);
    await records.stop();
    const { missing, isWhole, losses } = inspect(station.file, feeder.acknowledged());
    return {
      happened: `${feeder.acknowledged()} records were acknowledged over ${kills} kills; ${missing} of them are missing.`,
      measured: { kills, acknowledged: feeder.acknowledged(), lost: missing, falseAlarms: losses },
      passed: missing === 0 && isWhole && losses === 0,
    };
  },
};
