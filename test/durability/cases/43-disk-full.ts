import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { type Alarm, inWords, type StoreFaultKind } from '../../../electron/contract/alarms.ts';
import { alarmsEn } from '../../../electron/contract/alarmsEn.ts';
import type { ApiRouter } from '../../../electron/contract/api.ts';
import type { Fault, Outcome } from '../../faults/fault.ts';
import { aRecord } from '../../records/record.ts';
import { aFeeder, type Feeder } from '../feeder.ts';
import { noSmallDisk, onSmallDisk } from '../smallDisk.ts';
import { aStation, type Running, type Station, startRecords } from '../station.ts';

const diskMib = 8;
const records = 60_000;
const atOnce = 2000;
const badEvery = 10;
const patienceMs = 12_000;
/** The process looks at its disk every two seconds. */
const lookMs = 5000;
const nobody = 65_534;

interface Report {
  nok: number;
  ok: number;
  isWhole: boolean;
}

const reportOf = (running: Running): Report => {
  const [, json = '{}'] = /^report (.*)$/m.exec(running.said()) ?? [];
  return JSON.parse(json) as Report;
};
const reporting = (station: Station): string[] => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, '../report.ts'),
  station.file,
];

/** The first alarm that fits, or `null` when it does not come in time. */
const alarmAt = async (url: string, fits: (alarm: Alarm) => boolean, withinMs = patienceMs): Promise<Alarm | null> => {
  const api = createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${url}/api` })] });
  for (const untilMs = performance.now() + withinMs; performance.now() < untilMs; await sleep(200)) {
    const status = await api.status.query().catch(() => null);
    const found = status?.alarms.find(fits);
    if (found !== undefined) return found;
  }
  return null;
};

const told = (alarm: Alarm | null): string => (alarm === null ? 'no alarm' : inWords(alarm, alarmsEn).what);
const isOf = (alarm: Alarm | null, kind: StoreFaultKind): boolean => alarm?.code === 'store-fault' && alarm.facts.kind === kind;

const partsWithBadOnes = (): Feeder =>
  aFeeder((sequence) =>
    aRecord({ sequence, ...(sequence % badEvery === 0 ? { verdict: 'nok' as const, reason: 'missing' } : {}) }),
  );

/** How full the disk is made for each step of the alarm. */
const steps = [
  { used: 0.85, priority: 'low' },
  { used: 0.92, priority: 'medium' },
  { used: 0.97, priority: 'high' },
] as const;
const tries = 4;

/** Takes as much of the disk as is missing to `used`, and again when the records have moved meanwhile, until it is told. */
const fillTo = async ({ used, priority }: (typeof steps)[number], station: Station, disk: Disk): Promise<Alarm | null> => {
  const api = createTRPCClient<ApiRouter>({ links: [httpBatchLink({ url: `${station.url}/api` })] });
  for (let turn = 0; turn < tries; turn++) {
    const { store } = await api.status.query();
    disk.take((store.diskFreeBytes - (1 - used) * diskMib * 1024 ** 2) / 1024);
    const alarm = await alarmAt(station.url, (each) => each.id === 'disk-low' && each.priority === priority, lookMs);
    if (alarm !== null) return alarm;
  }
  return null;
};

/** The small disk, as far as the records do not take it. */
interface Disk {
  /** Takes `kib` more of it, or gives them back. */
  take(kib: number): void;
}
const diskOf = (running: Running): Disk => {
  let ballast = 0;
  return {
    take(kib) {
      ballast = Math.max(0, Math.round(ballast + kib));
      running.child.stdin?.write(`ballast ${ballast}\n`);
    },
  };
};

/** Fills a disk of 8 MB with records, and the rest of it with ballast. */
const fill = async (say: (what: string) => void) => {
  using station = aStation(18_743);
  const running = startRecords(station, { wrap: onSmallDisk(station, `size=${diskMib}m`, reporting(station)) });
  await running.ready;
  const feeder = partsWithBadOnes();
  for (let upTo = atOnce; upTo <= records; upTo += atOnce) await feeder.feed(station.socket, upTo);
  say(`  ${feeder.acknowledged()} records acknowledged on ${diskMib} MB`);
  let alarms = 0;
  const disk = diskOf(running);
  for (const step of steps) {
    const alarm = await fillTo(step, station, disk);
    if (alarm !== null) alarms += 1;
    say(`  to be ${step.used * 100} % full: ${told(alarm)}`);
  }
  await running.stop();
  return { acknowledged: feeder.acknowledged(), alarms, ...reportOf(running) };
};

/** Starts on a read-only disk, which becomes writable; whether it was told, and whether records were kept then. */
const readOnly = async (say: (what: string) => void): Promise<boolean> => {
  using station = aStation(18_744);
  const running = startRecords(station, { wrap: onSmallDisk(station, `size=${diskMib}m,ro`, reporting(station)) });
  const feeder = partsWithBadOnes();
  const alarm = await alarmAt(station.url, ({ id }) => id === 'store-fault');
  say(`  read-only: ${told(alarm)}`);
  running.child.stdin?.write('rw\n');
  await running.ready;
  await feeder.feed(station.socket, 100);
  await running.stop();
  return isOf(alarm, 'read-only') && reportOf(running).ok === 90;
};

/** Starts as a user who may not write there; whether it was told, and whether the process lives on. */
const noPermission = async (say: (what: string) => void): Promise<boolean> => {
  using station = aStation(18_745);
  chmodSync(station.folder, 0o755);
  chmodSync(dirname(station.file), 0o555);
  const running = startRecords(station, { uid: nobody });
  const alarm = await alarmAt(station.url, ({ id }) => id === 'store-fault');
  say(`  wrong permission: ${told(alarm)}`);
  const isAlive = running.child.exitCode === null;
  await running.kill();
  return isAlive && isOf(alarm, 'no-permission');
};

/** What a disk can refuse: room, writing, this user. */
export const fault: Fault = {
  numbers: [43],
  name: 'disk full, read-only, not ours',
  toPass:
    'room is made by the rule, 0 records of bad parts lost, an alarm at 80, 90 and 95 % and for each refusal, the file whole',
  quick: false,
  async run({ say }): Promise<Outcome> {
    const skipped = noSmallDisk();
    if (skipped !== null) return { happened: '', measured: {}, passed: false, skipped };
    const { acknowledged, nok, ok, isWhole, alarms } = await fill(say);
    const refusals = [await readOnly(say), await noPermission(say)].filter((isTold) => isTold).length;
    const lostBad = Math.floor(acknowledged / badEvery) - nok;
    return {
      happened: `${acknowledged} records came, ${nok + ok} fit; ${lostBad} of bad parts are missing. ${alarms} of 3 steps and ${refusals} of 2 refusals were told.`,
      measured: { acknowledged, kept: nok + ok, lostBad, alarms, refusals },
      passed: acknowledged === records && ok < acknowledged && lostBad === 0 && alarms === 3 && refusals === 2 && isWhole,
    };
  },
};
