import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { monoMs, wallMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { type Logger, openLog } from '../base/log.ts';
import { tellParent } from '../base/parent.ts';
import { opcuaApplications } from '../config/applications.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile, factsSocket, picturesFolder, pkiFolder } from '../config/paths.ts';
import type { Station } from '../config/station.ts';
import { inWords } from '../contract/alarms.ts';
import { alarmsEn } from '../contract/alarmsEn.ts';
import type { FromProcess } from '../contract/process.ts';
import { openDoor } from './api/door.ts';
import { serveWhenFree } from './api/patience.ts';
import { openPreviews, type Previews } from './api/previews.ts';
import { openArchive } from './archive/archive.ts';
import { openIntake } from './facts/intake.ts';
import { serveFacts } from './facts/server.ts';
import { liveWithParent } from './life.ts';
import { jobDesk } from './mes/jobDesk.ts';
import { openMes } from './mes/mes.ts';
import { type Board, openBoard } from './status/board.ts';
import { watchCertificates } from './status/certificates.ts';
import { behindRecords, watchClock } from './status/clock.ts';
import { watchDisk } from './status/disk.ts';
import { steady } from './status/steady.ts';
import { holdStore, type StoreHolder } from './store/holder.ts';
import { keepTidy } from './store/housekeeping.ts';
import { type KeptStore, keptStore } from './store/keptStore.ts';
import { noTotals } from './store/totals.ts';

/** PROCESS `records`: keeps what `line` decided, reports it to the MES, and serves the operator's screens. */

const mib = 1024 ** 2;
/** Less than the supervisor waits for us: the last records are with the MES when a shift ends, a backlog is not. */
const lastReportsMs = 1500;
const screenFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

const stationFileOf = (args: string[]): string => {
  const { station } = parseArgs({ args, options: { station: { type: 'string' } } }).values;
  if (station === undefined) throw new PersonError('No station file is given.', 'Start with --station FILE.');
  return station;
};

/** The store, held open, and what is shown of it; the screens need both, whatever the disk says. */
const openShown = (station: Station, lanes: string[], log: Logger) => {
  const isReporting = station.mes !== undefined;
  const file = databaseFile(station.dataDir);
  const holder = holdStore({
    ...{ file, station: station.station, lanes, isReporting, now: wallMs },
    onFault: ({ kind, message }) => log.error({ kind, why: message }, 'records cannot be kept; they wait'),
  });
  const store = keptStore(holder);
  const shown = { isListening: false, picturesLost: () => 0 };
  const totals = steady(store.totals, noTotals);
  const board = openBoard({
    ...{ station: station.station, isReporting, wallMs, monoMs, totals },
    ...{ storeFault: holder.fault, recentGaps: steady(store.recentGaps, []) },
    job: steady(store.jobs.current, null),
    incidents: steady((sinceMs: number) => store.events.recent(['damaged', 'log-lost', 'clock-step'], sinceMs), []),
    isListening: () => shown.isListening,
    picturesLost: () => shown.picturesLost(),
    onRaised: (alarm) =>
      log.warn({ alarm: alarm.id, priority: alarm.priority, detail: alarm.detail }, inWords(alarm, alarmsEn).what),
  });
  return { file, holder, store, board, shown, totals };
};

const main = async (): Promise<void> => {
  const log = openLog('records');
  const station = loadStation(stationFileOf(process.argv.slice(2)));
  const lanes = station.lane.map(({ name }) => name);
  const previews = openPreviews();
  const { file, holder, store, board, shown, totals } = openShown(station, lanes, log);
  let kept: Awaited<ReturnType<typeof openKeeping>> | null = null;
  const pictures = {
    read: async (lane: string, sequence: number) => (await kept?.archive.read(lane, sequence)) ?? null,
    thumbnail: async (lane: string, sequence: number) => (await kept?.archive.thumbnail(lane, sequence)) ?? null,
  };
  const door = openDoor(board, store, wallMs, {
    report: () => kept?.wakeMes(),
    startAgain: () => tellParent({ type: 'start-again' } satisfies FromProcess),
    keepLossless: (wish) => kept?.keepLossless(wish) ?? false,
    resetInterlocks: (lane, by) => kept?.resetInterlocks(lane, by) ?? false,
  });
  const api = serveWhenFree({ ...station.api, lanes, door, pictures, previews, screen: screenFolder, log });
  const disk = await watchDisk(file, board, log);
  const certificates = watchCertificates(opcuaApplications(station), { board, journal: store.events, log, wallMs });
  const keeping = holder.opened.then(() => openKeeping(station, { file, holder, store, board, previews, log }));
  const { ready } = liveWithParent({
    // The store must answer; where it cannot be open, that is known and tried again.
    // And a screen must get an answer. // faults #67
    async work() {
      await api.answers();
      return holder.isOpen() ? store.totals().records : totals().records;
    },
    onProcesses: board.processes,
    figures: async () => ({ ...totals(), commitMs: (await keeping).commits() }),
    async stop() {
      await api.close();
      if (holder.isOpen()) await (await keeping).close();
      disk.close();
      certificates.close();
      board.close();
      holder.close();
    },
  });
  kept = await keeping;
  shown.isListening = true;
  shown.picturesLost = kept.archive.lost;
  log.info({ url: await api.url }, 'records are kept, screens are served');
  ready();
};

interface Parts {
  file: string;
  holder: StoreHolder;
  store: KeptStore;
  board: Board;
  previews: Previews;
  log: Logger;
}

/** Opens all that keeps and reports, once the records are open. */
const openKeeping = async ({ station, dataDir, keep, lane, mes: mesConfig }: Station, parts: Parts) => {
  const { file, holder, store, board, previews, log } = parts;
  const lanes = lane.map(({ name }) => name);
  let lastRecordMs: number | null = null;
  const archive = openArchive({
    ...{ folder: picturesFolder(dataDir), index: store.pictures, quotaBytes: keep.picturesMiB * mib },
    ...{ station, startedMs: wallMs(), log },
  });
  const intake = openIntake({
    keep: (batch) => store.keep(batch, wallMs()),
    onKept: ({ aside, upTo, gateEnds, abandoned }) => {
      lastRecordMs = wallMs();
      if (aside > 0) log.error({ records: aside }, 'what came as records and is none was set aside');
      if (abandoned > 0) log.warn({ parts: abandoned }, 'line ended before these parts were at the gate; the fail-safe has them');
      for (const [name, sequence] of Object.entries(upTo)) facts.kept(name, sequence);
      for (const end of gateEnds) facts.gateEndKept(end);
      mes?.wake();
    },
    onFault: () => undefined,
  });
  const mes =
    mesConfig === undefined
      ? null
      : openMes(mesConfig, pkiFolder(dataDir), {
          reports: store.reports,
          jobs: jobDesk(store.jobs, wallMs),
          onStatus: board.mes,
        });
  const facts = await serveFacts({
    ...{ path: factsSocket(dataDir), station, lanes, log },
    sink: {
      ...{ record: intake.take, picture: archive.keep, preview: previews.show, status: board.line, event: store.lineEvents.keep },
      ...{ connected: board.lineConnected, lastSequences: store.lastSequences },
      newLine: () => intake.take({ newLine: true }),
    },
  });
  const tidying = keepTidy(holder, {
    ...{ file, now: wallMs, lastRecordMs: () => lastRecordMs },
    room: () => roomFor(file, keep.recordsMiB * mib),
  });
  const clock = flagClock(store, lanes);
  const close = async (): Promise<void> => {
    clock.close();
    tidying.close();
    intake.close();
    await facts.close();
    await mes?.flush(lastReportsMs);
    await mes?.close();
    await archive.close();
  };
  return {
    ...{ archive, commits: intake.commits, close },
    wakeMes: () => mes?.wake(),
    resetInterlocks: facts.resetInterlocks,
    keepLossless: facts.keepLossless,
  };
};

/** Puts on record what the wall clock does that records would not show: it stands before them at the start, or it jumps. */
const flagClock = (store: KeptStore, lanes: readonly string[]): { close(): void } => {
  const note = (what: string): void => store.events.add({ atMs: wallMs(), kind: 'clock-step', lane: null, sequence: null, what });
  const newestMs = lanes.flatMap((lane) => store.parts({ lane, limit: 1 }).parts.map(({ decidedAtMs }) => decidedAtMs));
  const behind = behindRecords(newestMs.length === 0 ? null : Math.max(...newestMs), wallMs());
  if (behind !== null) note(behind);
  return watchClock({ wallMs, monoMs }, note);
};

const roomFor = (file: string, allowedBytes: number) => {
  const { bavail, blocks, bsize } = statfsSync(dirname(file));
  return { fileBytes: statSync(file).size, freeBytes: bavail * bsize, totalBytes: blocks * bsize, allowedBytes };
};

main().catch((error: unknown) => {
  if (!(error instanceof PersonError)) throw error;
  process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
  process.exit(1);
});
