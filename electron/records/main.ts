import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { monoMs, wallMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { openLog } from '../base/log.ts';
import { loadStation } from '../config/load.ts';
import { databaseFile, factsSocket, picturesFolder } from '../config/paths.ts';
import { openDoor } from './api/door.ts';
import { openPreviews } from './api/previews.ts';
import { serveWhenFree } from './api/patience.ts';
import { openArchive } from './archive/archive.ts';
import { openIntake } from './facts/intake.ts';
import { serveFacts } from './facts/server.ts';
import { liveWithParent } from './life.ts';
import { openBoard } from './status/board.ts';
import { readDiskUse } from './status/disk.ts';
import { openStore } from './store/store.ts';

/** PROCESS `records`: keeps what `line` decided, reports it to the MES, and serves the operator's screens. */

/** Whatever else happens on this computer, the line comes first. */
const niceness = 5;
const diskEveryMs = 5000;
const screenFolder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

const stationFileOf = (args: string[]): string => {
  const { station } = parseArgs({ args, options: { station: { type: 'string' } } }).values;
  if (station === undefined) throw new PersonError('No station file is given.', 'Start with --station FILE.');
  return station;
};

const main = async (): Promise<void> => {
  setPriority(niceness);
  const log = openLog('records');
  const { station, dataDir, api: address, lane, mes } = loadStation(stationFileOf(process.argv.slice(2)));
  const lanes = lane.map(({ name }) => name);
  const isReporting = mes !== undefined;
  const file = databaseFile(dataDir);

  const store = openStore({ file, station, lanes, isReporting, now: wallMs });
  const archive = openArchive({ folder: picturesFolder(dataDir), index: store.pictures, log });
  const previews = openPreviews();
  const intake = openIntake({
    keep: (batch) => store.keep(batch, wallMs()),
    onKept: (touched, kept) => {
      if (kept.aside > 0) log.error({ records: kept.aside }, 'what came as records and is none was set aside');
      const last = store.lastSequences();
      for (const name of touched) facts.kept(name, last[name] ?? 0);
    },
    onFault: (why) => log.error({ why }, 'records cannot be written; they wait'),
  });
  const board = openBoard({
    ...{ station, isReporting, wallMs, monoMs },
    totals: store.totals,
    recentGaps: store.recentGaps,
    storeFault: () => intake.fault()?.message ?? null,
    picturesLost: archive.lost,
  });
  const facts = await serveFacts({
    ...{ path: factsSocket(dataDir), station, lanes, log },
    sink: {
      record: intake.take,
      picture: archive.keep,
      preview: previews.show,
      status: board.line,
      connected: board.lineConnected,
      lastSequences: store.lastSequences,
    },
  });
  const lookAtDisk = (): Promise<void> => readDiskUse(file).then(board.disk, (error: unknown) => log.warn({ error }, 'disk'));
  await lookAtDisk();
  const diskTimer = setInterval(() => void lookAtDisk(), diskEveryMs);

  const door = openDoor(board, store, wallMs);
  const api = serveWhenFree({ ...address, lanes, door, pictures: archive, previews, screen: screenFolder, log });
  const { ready } = liveWithParent({
    work: () => store.totals().records,
    figures: () => ({ ...store.totals(), commitMs: intake.commits() }),
    async stop() {
      clearInterval(diskTimer);
      intake.close();
      await facts.close();
      await api.close();
      await archive.close();
      board.close();
      store.close();
    },
  });
  log.info({ url: await api.url }, 'records are kept, screens are served');
  ready();
};

main().catch((error: unknown) => {
  if (!(error instanceof PersonError)) throw error;
  process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
  process.exit(1);
});
