import { setTimeout as sleep } from 'node:timers/promises';
import { databaseFile } from '../../../electron/config/paths.ts';
import { openStore } from '../../../electron/records/store/store.ts';
import { aRecord } from '../../records/record.ts';
import type { Fault, How, Outcome } from '../../faults/fault.ts';
import { lane, openReporting, until } from '../reporting.ts';

/** 72 h at 10 parts a second, as the table says; fewer where there is no hour to wait. */
const rows = { full: 2_600_000, short: 20_000 };
const atOnce = 1000;
/** The line makes so many parts, so often: 60 a second. */
const some = 6;
const everyMs = 100;

/** The backlog of an outage, written by the store itself. */
const fill = (dataDir: string, count: number): void => {
  const file = databaseFile(dataDir);
  const store = openStore({ file, station: 'test', lanes: [lane], isReporting: true, now: Date.now });
  for (let first = 1; first <= count; first += atOnce)
    store.keep(
      Array.from({ length: Math.min(atOnce, count - first + 1) }, (_, index) => ({
        record: aRecord({ sequence: first + index }),
      })),
      Date.now(),
    );
  store.close();
};

const run = async ({ full, say }: How): Promise<Outcome> => {
  const backlog = full ? rows.full : rows.short;
  const station = await openReporting((dataDir) => {
    say(`    ${backlog} reports that waited …`);
    fill(dataDir, backlog);
  });
  let made = backlog;
  let isOver = false;
  try {
    await station.start();
    /** The line goes on at 60 parts a second. */
    const line = (async () => {
      while (!isOver) {
        made += some;
        await Promise.all([station.decide(made - some + 1, made), sleep(everyMs)]);
      }
    })();
    const startMs = performance.now();
    await until(async () => (await station.counts()).received >= backlog, 3_600_000, 50);
    const seconds = (performance.now() - startMs) / 1000;
    isOver = true;
    await line;
    await until(async () => (await station.counts()).received >= made);
    const { received, outOfOrder } = await station.counts();
    const measured = {
      ...{ reports: made, lost: made - received, reordered: outOfOrder, drainPerSecond: backlog / seconds },
      linePerSecond: (made - backlog) / seconds,
    };
    return {
      happened: `${backlog} reports waited for the MES; it came back while 60 parts a second went on.`,
      measured,
      passed: measured.lost === 0 && outOfOrder === 0 && measured.drainPerSecond >= 500,
    };
  } finally {
    isOver = true;
    await station.end();
  }
};

export const fault: Fault = {
  numbers: [38],
  name: 'MES away for 72 h',
  toPass: '0 lost, 0 reordered, drain ≥ 500 rows/s beside 60 parts/s',
  quick: false,
  run,
};
