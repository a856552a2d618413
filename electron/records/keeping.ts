import { monoMs, wallMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { factsSocket, picturesFolder, pkiFolder } from '../config/paths.ts';
import type { Station } from '../config/station.ts';
import type { Previews } from './api/previews.ts';
import { openArchive } from './archive/archive.ts';
import { openIntake } from './facts/intake.ts';
import { serveFacts } from './facts/server.ts';
import { jobDesk } from './mes/jobDesk.ts';
import { openMes } from './mes/mes.ts';
import type { Board } from './status/board.ts';
import { watchClock } from './status/clock.ts';
import type { StoreHolder } from './store/holder.ts';
import { keepTidy } from './store/housekeeping.ts';
import type { KeptStore } from './store/keptStore.ts';

const mib = 1024 ** 2;
/** Less than the supervisor waits for us: the last records are with the MES when a shift ends, a backlog is not. */
const lastReportsMs = 1500;

interface Parts {
  file: string;
  holder: StoreHolder;
  store: KeptStore;
  board: Board;
  previews: Previews;
  log: Logger;
}

/**
 * Opens all that keeps what `line` decided and reports it, once the records are open: the socket for facts, the store, the
 * pictures, the MES. What is returned goes on until it is closed.
 */
export const openKeeping = async ({ station, dataDir, keep, lane, mes: mesConfig }: Station, parts: Parts) => {
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
    allowedBytes: keep.recordsMiB * mib,
  });
  const clock = watchClock({ wallMs, monoMs }, newestMs(store, lanes), (what) =>
    store.events.add({ atMs: wallMs(), kind: 'clock-step', lane: null, sequence: null, what }),
  );
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

/** Wall clock of the newest record of the runs before, `null` without one. */
const newestMs = (store: KeptStore, lanes: readonly string[]): number | null => {
  const newest = lanes.flatMap((lane) => store.parts({ lane, limit: 1 }).parts.map(({ decidedAtMs }) => decidedAtMs));
  return newest.length === 0 ? null : Math.max(...newest);
};
