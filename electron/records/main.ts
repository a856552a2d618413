import { priorities, takePriority } from '../base/priority.ts';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { monoMs, wallMs } from '../base/clock.ts';
import { messageOf, PersonError } from '../base/errors.ts';
import { type Logger, openLog } from '../base/log.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile, factsSocket, picturesFolder, pkiFolder } from '../config/paths.ts';
import type { Station } from '../config/station.ts';
import { openDoor } from './api/door.ts';
import { serveWhenFree } from './api/patience.ts';
import { openPreviews, type Previews } from './api/previews.ts';
import { openArchive } from './archive/archive.ts';
import { openIntake } from './facts/intake.ts';
import { serveFacts } from './facts/server.ts';
import { liveWithParent } from './life.ts';
import { openMes } from './mes/mes.ts';
import { type Board, openBoard } from './status/board.ts';
import { readDiskUse } from './status/disk.ts';
import { openStore } from './store/store.ts';

/** PROCESS `records`: keeps what `line` decided, reports it to the MES, and serves the operator's screens. */

const diskEveryMs = 5000;
const screenFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

const stationFileOf = (args: string[]): string => {
  const { station } = parseArgs({ args, options: { station: { type: 'string' } } }).values;
  if (station === undefined) throw new PersonError('No station file is given.', 'Start with --station FILE.');
  return station;
};

const main = async (): Promise<void> => {
  takePriority(priorities.keeping);
  const log = openLog('records');
  const station = loadStation(stationFileOf(process.argv.slice(2)));
  const lanes = station.lane.map(({ name }) => name);
  const previews = openPreviews();
  const { store, intake, archive, board, ...keeping } = await openKeeping(station, lanes, previews, log);
  const door = openDoor(board, store, wallMs);
  const api = serveWhenFree({ ...station.api, lanes, door, pictures: archive, previews, screen: screenFolder, log });
  const { ready } = liveWithParent({
    work: () => store.totals().records,
    figures: () => ({ ...store.totals(), commitMs: intake.commits() }),
    async stop() {
      await api.close();
      await keeping.close();
    },
  });
  log.info({ url: await api.url }, 'records are kept, screens are served');
  ready();
};

/** Opens all that keeps and reports. The store first: who does not get it must not touch anything. */
const openKeeping = async ({ station, dataDir, mes: mesConfig }: Station, lanes: string[], previews: Previews, log: Logger) => {
  const isReporting = mesConfig !== undefined;
  const file = databaseFile(dataDir);
  const store = openStore({ file, station, lanes, isReporting, now: wallMs });
  const archive = openArchive({ folder: picturesFolder(dataDir), index: store.pictures, log });
  const intake = openIntake({
    keep: (batch) => store.keep(batch, wallMs()),
    onKept: (touched, kept) => {
      if (kept.aside > 0) log.error({ records: kept.aside }, 'what came as records and is none was set aside');
      const last = store.lastSequences();
      for (const lane of touched) facts.kept(lane, last[lane] ?? 0);
      mes?.wake();
    },
    onFault: (why) => log.error({ why }, 'records cannot be written; they wait'),
  });
  const board = openBoard({
    ...{ station, isReporting, wallMs, monoMs, totals: store.totals, recentGaps: store.recentGaps },
    storeFault: () => intake.fault()?.message ?? null,
    picturesLost: archive.lost,
  });
  const mes = mesConfig === undefined ? null : openMes(mesConfig, pkiFolder(dataDir), store.reports, board.mes);
  const facts = await serveFacts({
    ...{ path: factsSocket(dataDir), station, lanes, log },
    sink: {
      ...{ record: intake.take, picture: archive.keep, preview: previews.show, status: board.line, event: store.lineEvents.keep },
      ...{ connected: board.lineConnected, lastSequences: store.lastSequences },
    },
  });
  const disk = await watchDisk(file, board, log);
  const close = async (): Promise<void> => {
    disk.close();
    intake.close();
    await facts.close();
    await mes?.close();
    await archive.close();
    board.close();
    store.close();
  };
  return { store, intake, archive, board, close };
};

const watchDisk = async (file: string, board: Board, log: Logger): Promise<{ close(): void }> => {
  const look = (): Promise<void> =>
    readDiskUse(file).then(board.disk, (error: unknown) => log.warn({ why: messageOf(error) }, 'the disk cannot be looked at'));
  await look();
  const timer = setInterval(() => void look(), diskEveryMs);
  return { close: () => clearInterval(timer) };
};

main().catch((error: unknown) => {
  if (!(error instanceof PersonError)) throw error;
  process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
  process.exit(1);
});
