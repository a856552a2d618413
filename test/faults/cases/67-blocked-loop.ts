import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { until } from '../link.ts';
import { type Service, startService, watchdogMs } from '../service.ts';

const restMs = 1500;
const allowedMs = watchdogMs + 500;

/** Blocks a process below the supervisor; how long until another one runs in its place. */
const blockOne = async (service: Service, main: string): Promise<number> => {
  const pid = service.find(main);
  if (pid === null) throw new Error(`${main} does not run`);
  const blockedAtMs = await service.block(pid);
  const tookMs = (await service.untilOther(main, pid)) - blockedAtMs;
  await sleep(restMs);
  return tookMs;
};

/** Blocks the supervisor itself: the line sorts on, nobody watches over it, and systemd has to step in. */
const blockSupervisor = async (service: Service): Promise<number> => {
  const before = service.watchdogEnds.length;
  const blockedAtMs = await service.block(service.pid());
  await until(async () => service.watchdogEnds.length > before, 30_000);
  const restartedAtMs = service.watchdogEnds[before]?.startedAtMs ?? Infinity;
  await until(async () => (service.systemd.lastAtMs('READY=1') ?? 0) > restartedAtMs, 120_000);
  await sleep(restMs);
  return restartedAtMs - blockedAtMs;
};

/** An endless loop in each process of the station, and in what watches over them. */
export const fault: Fault = {
  numbers: [67],
  name: 'event loop blocked',
  toPass: `line, supervisor: restarted ≤ WatchdogSec + 0.5 s (${allowedMs} ms); records ≤ its 5 s + 0.5 s`,
  quick: false,
  async run({ full }) {
    const service = await startService(['--rate', '60']);
    const times = full ? 10 : 2;
    try {
      const [line, records, supervisor]: [number[], number[], number[]] = [[], [], []];
      // Five of one within five minutes would be a crash loop, which is fault #69.
      for (let i = 0; i < times; i++) {
        line.push(await blockOne(service, 'line/main.ts'));
        records.push(await blockOne(service, 'records/main.ts'));
        supervisor.push(await blockSupervisor(service));
      }
      const [lineMs, recordsMs, supervisorMs] = [Math.max(...line), Math.max(...records), Math.max(...supervisor)];
      return {
        happened: `Each of line, records and supervisor was blocked ${times} times and was started again each time.`,
        measured: { times, worstLineMs: lineMs, worstRecordsMs: recordsMs, worstSupervisorMs: supervisorMs },
        passed: lineMs <= allowedMs && supervisorMs <= allowedMs && recordsMs <= 5500 && service.watchdogEnds.length === times,
      };
    } finally {
      await service.stop();
    }
  },
};
