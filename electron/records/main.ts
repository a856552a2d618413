import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { monoMs, wallMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { type Logger, openLog } from '../base/log.ts';
import { tellParent } from '../base/parent.ts';
import { opcuaApplications } from '../config/applications.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile } from '../config/paths.ts';
import type { Station } from '../config/station.ts';
import { inWords } from '../contract/alarms.ts';
import { alarmsEn } from '../contract/alarmsEn.ts';
import type { FromProcess } from '../contract/process.ts';
import { openDoor } from './api/door.ts';
import { serveWhenFree } from './api/patience.ts';
import { openPreviews } from './api/previews.ts';
import { openKeeping } from './keeping.ts';
import { liveWithParent } from './life.ts';
import { noPicturesLost, openBoard } from './status/board.ts';
import { watchCertificates } from './status/certificates.ts';
import { watchDisk } from './status/disk.ts';
import { steady } from './status/steady.ts';
import { incidentKinds } from './status/storeAlarms.ts';
import { holdStore } from './store/holder.ts';
import { keptStore } from './store/keptStore.ts';
import { noTotals } from './store/totals.ts';

/** PROCESS `records`: keeps what `line` decided, reports it to the MES, and serves the operator's screens. */

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
  const shown = { isListening: false, picturesLost: noPicturesLost };
  const totals = steady(store.totals, noTotals);
  const board = openBoard({
    ...{ station: station.station, delivery: station.mes?.delivery ?? null, wallMs, monoMs, totals },
    ...{ storeFault: holder.fault, recentGaps: steady(store.recentGaps, []) },
    job: steady(store.jobs.current, null),
    incidents: steady((sinceMs: number) => store.events.recent(incidentKinds, sinceMs), []),
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

main().catch((error: unknown) => {
  if (!(error instanceof PersonError)) throw error;
  process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
  process.exit(1);
});
