import { setTimeout as sleep } from 'node:timers/promises';
import type { Alarm, MesStatus, StationStatus } from '../../contract/api.ts';
import type { LineStatusFact } from '../../contract/facts.ts';
import type { Gap } from '../store/gaps.ts';
import type { Totals } from '../store/totals.ts';
import { alarms } from './alarms.ts';
import type { DiskUse } from './disk.ts';

/** A watcher gets no more than ten a second. */
const leastBetweenMs = 100;
/** Without news the station is looked at again so often: alarms come and go with time. */
const lookEveryMs = 500;
/** A gap in the records is an alarm for so long; the record of it stays. */
const gapAlarmMs = 60 * 60 * 1000;
const picturesAlarmMs = 10 * 60 * 1000;

/** Where everything that is known of the station comes together: news in, {@link StationStatus} out. */
export interface Board {
  lineConnected(isConnected: boolean): void;
  line(fact: LineStatusFact): void;
  mes(state: Pick<MesStatus, 'state' | 'message'>): void;
  disk(use: DiskUse): void;
  status(): StationStatus;
  watch(signal: AbortSignal): AsyncGenerator<StationStatus>;
  close(): void;
}

interface Options {
  station: string;
  isReporting: boolean;
  totals(): Totals;
  recentGaps(sinceMs: number): Gap[];
  storeFault(): string | null;
  picturesLost(): number;
  wallMs(): number;
  monoMs(): number;
}

/** Opens the board with what the store says; `line` and the disk are unknown until told. */
export const openBoard = (options: Options): Board => {
  const { station, wallMs, monoMs } = options;
  let isConnected = false;
  let line: { fact: LineStatusFact; atMonoMs: number } | null = null;
  let mes: Pick<MesStatus, 'state' | 'message'> = { state: options.isReporting ? 'connecting' : 'not-configured', message: '' };
  let disk: DiskUse | null = null;
  let pictures = { lost: 0, lostAtMonoMs: Number.NEGATIVE_INFINITY };
  let standing: Alarm[] = [];
  let version = 0;
  const waiting = new Set<() => void>();

  const look = (): StationStatus => {
    const totals = options.totals();
    const nowMs = wallMs();
    if (options.picturesLost() > pictures.lost) pictures = { lost: options.picturesLost(), lostAtMonoMs: monoMs() };
    const mesStatus: MesStatus = { ...mes, waiting: totals.unreported, acknowledged: totals.acknowledged };
    standing = alarms(
      {
        line: isConnected && line !== null ? { ...line.fact, ageMs: monoMs() - line.atMonoMs } : null,
        mes: mesStatus,
        disk,
        storeFault: options.storeFault(),
        picturesLost: monoMs() - pictures.lostAtMonoMs < picturesAlarmMs,
        deadLetters: totals.deadLetters,
        setAside: totals.setAside,
        recentGaps: options.recentGaps(nowMs - gapAlarmMs),
      },
      standing,
      nowMs,
    );
    return {
      station,
      atMs: nowMs,
      line: isConnected && line !== null ? { lanes: line.fact.lanes, waitingRecords: line.fact.waitingRecords } : null,
      mes: mesStatus,
      store: {
        records: totals.records,
        unreported: totals.unreported,
        bytes: disk?.storeBytes ?? 0,
        diskFreeBytes: disk?.freeBytes ?? 0,
      },
      alarms: standing,
    };
  };

  let current = look();
  const renew = (): void => {
    current = look();
    version += 1;
    for (const wake of waiting) wake();
    waiting.clear();
  };
  const timer = setInterval(() => {
    if (monoMs() - (line?.atMonoMs ?? 0) >= lookEveryMs) renew();
  }, lookEveryMs);

  return {
    lineConnected(now) {
      isConnected = now;
      if (!now) line = null;
      renew();
    },
    line(fact) {
      line = { fact, atMonoMs: monoMs() };
      renew();
    },
    mes(state) {
      mes = state;
      renew();
    },
    disk(use) {
      disk = use;
    },
    status: () => current,
    async *watch(signal) {
      const wakeAll = (): void => {
        for (const wake of waiting) wake();
      };
      signal.addEventListener('abort', wakeAll, { once: true });
      for (let seen = -1; !signal.aborted; ) {
        while (seen === version && !signal.aborted) await new Promise<void>((resolve) => waiting.add(resolve));
        if (signal.aborted) return;
        seen = version;
        yield current;
        await sleep(leastBetweenMs, undefined, { signal }).catch(() => undefined);
      }
    },
    close() {
      clearInterval(timer);
    },
  };
};
