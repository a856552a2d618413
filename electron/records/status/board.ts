import type { KnownCertificate } from '../../base/opcuaCertificates.ts';
import type { MesConfig } from '../../config/station.ts';
import type { Alarm } from '../../contract/alarms.ts';
import type { MesStatus, StationStatus } from '../../contract/api.ts';
import type { LineStatusFact } from '../../contract/facts.ts';
import type { JobOrder } from '../../contract/job.ts';
import type { ProcessState } from '../../contract/process.ts';
import type { LostPictures } from '../archive/archive.ts';
import type { StoreEvent } from '../store/events.ts';
import type { StoreFault } from '../store/fault.ts';
import type { Gap } from '../store/gaps.ts';
import type { Totals } from '../store/totals.ts';
import { alarms } from './alarms.ts';
import type { DiskUse } from './disk.ts';
import { openLatest } from './latest.ts';

/** A watcher gets no more than ten a second. */
const leastBetweenMs = 100;
/** Without news the station is looked at again so often: alarms come and go with time. */
const lookEveryMs = 500;
/** A gap in the records is an alarm for so long; the record of it stays. */
const gapAlarmMs = 60 * 60 * 1000;
/** Whoever comes to the next shift should still see it. */
const incidentAlarmMs = 12 * 60 * 60 * 1000;
const picturesAlarmMs = 10 * 60 * 1000;

/** Where everything that is known of the station comes together: news in, {@link StationStatus} out. */
export interface Board {
  lineConnected(isConnected: boolean): void;
  line(fact: LineStatusFact): void;
  mes(state: Pick<MesStatus, 'state' | 'message' | 'refuses'>): void;
  disk(use: DiskUse): void;
  certificates(known: readonly KnownCertificate[]): void;
  processes(states: readonly ProcessState[]): void;
  status(): StationStatus;
  watch(signal: AbortSignal): AsyncGenerator<StationStatus>;
  close(): void;
}

interface Options {
  station: string;
  /** How reports reach the MES; `null` without one. */
  delivery: MesConfig['delivery'] | null;
  totals(): Totals;
  job(): JobOrder | null;
  recentGaps(sinceMs: number): Gap[];
  storeFault(): StoreFault | null;
  isListening(): boolean;
  incidents(sinceMs: number): StoreEvent[];
  picturesLost(): LostPictures;
  /** An alarm that did not stand before. */
  onRaised(alarm: Alarm): void;
  wallMs(): number;
  monoMs(): number;
}

/** What was told last. */
interface News {
  isConnected: boolean;
  line: { fact: LineStatusFact; atMonoMs: number } | null;
  mes: Pick<MesStatus, 'state' | 'message' | 'refuses'>;
  disk: DiskUse | null;
  certificates: readonly KnownCertificate[];
  processes: readonly ProcessState[];
  pictures: { lost: LostPictures; lostAtMonoMs: number };
  /** When reports were done last, or none waited. */
  reported: { acknowledged: number; atMonoMs: number };
}

/** As it is before there is an archive that could lose any. */
export const noPicturesLost = (): LostPictures => ({ pictures: 0, kind: null });

/** Opens the board with what the store says; `line` and the disk are unknown until told. */
export const openBoard = (options: Options): Board => {
  const news: News = {
    ...{ isConnected: false, line: null, disk: null, certificates: [], processes: [] },
    mes: { state: options.delivery === null ? 'not-configured' : 'connecting', message: '' },
    pictures: { lost: noPicturesLost(), lostAtMonoMs: Number.NEGATIVE_INFINITY },
    reported: { acknowledged: 0, atMonoMs: options.monoMs() },
  };
  const latest = openLatest(look(options, news, []), leastBetweenMs);
  const renew = (): void => {
    const { alarms: before } = latest.value();
    const status = look(options, news, before);
    for (const alarm of status.alarms) if (!before.some(({ id }) => id === alarm.id)) options.onRaised(alarm);
    latest.set(status);
  };
  const timer = setInterval(() => {
    if (options.monoMs() - (news.line?.atMonoMs ?? 0) >= lookEveryMs) renew();
  }, lookEveryMs);

  return {
    lineConnected(isConnected) {
      news.isConnected = isConnected;
      if (!isConnected) news.line = null;
      renew();
    },
    line(fact) {
      news.line = { fact, atMonoMs: options.monoMs() };
      renew();
    },
    mes(state) {
      news.mes = state;
      renew();
    },
    disk(use) {
      news.disk = use;
    },
    certificates(known) {
      news.certificates = known;
    },
    processes(states) {
      news.processes = states;
      renew();
    },
    status: latest.value,
    watch: latest.watch,
    close: () => clearInterval(timer),
  };
};

/** Puts the news and the store's figures together. */
const look = (options: Options, news: News, standing: readonly Alarm[]): StationStatus => {
  const totals = options.totals();
  const [nowMs, nowMonoMs] = [options.wallMs(), options.monoMs()];
  const lost = options.picturesLost();
  if (lost.pictures > news.pictures.lost.pictures) news.pictures = { lost, lostAtMonoMs: nowMonoMs };
  if (totals.unreported === 0 || totals.acknowledged !== news.reported.acknowledged)
    news.reported = { acknowledged: totals.acknowledged, atMonoMs: nowMonoMs };
  const line = news.isConnected ? news.line : null;
  const mes: MesStatus = { ...news.mes, waiting: totals.unreported, acknowledged: totals.acknowledged };
  const condition = {
    line: line === null ? null : { ...line.fact, ageMs: nowMonoMs - line.atMonoMs },
    ...{ mes, disk: news.disk, processes: news.processes, deadLetters: totals.deadLetters, setAside: totals.setAside },
    fetchedNoneMs: options.delivery === 'fetch' ? nowMonoMs - news.reported.atMonoMs : null,
    storeFault: options.storeFault(),
    isListening: options.isListening(),
    incidents: options.incidents(nowMs - incidentAlarmMs),
    picturesLost: nowMonoMs - news.pictures.lostAtMonoMs < picturesAlarmMs ? news.pictures.lost : null,
    recentGaps: options.recentGaps(nowMs - gapAlarmMs),
    certificates: news.certificates,
  };
  return {
    station: options.station,
    atMs: nowMs,
    line: line === null ? null : { lanes: line.fact.lanes, waitingRecords: line.fact.waitingRecords },
    mes,
    job: options.job(),
    deadLetters: totals.deadLetters,
    store: {
      records: totals.records,
      unreported: totals.unreported,
      bytes: news.disk?.storeBytes ?? 0,
      diskFreeBytes: news.disk?.freeBytes ?? 0,
    },
    alarms: alarms(condition, standing, nowMs),
  };
};
