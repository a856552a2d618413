import { monoMs, wallMs } from '../base/clock.ts';
import type { Logger } from '../base/log.ts';
import { factsSocket, picturesFolder, pkiFolder } from '../config/paths.ts';
import type { Station } from '../config/station.ts';
import type { Previews } from './api/previews.ts';
import { openArchive } from './archive/archive.ts';
import { openBacklog } from './facts/backlog.ts';
import { openIntake } from './facts/intake.ts';
import { serveFacts } from './facts/server.ts';
import { jobDesk } from './mes/jobDesk.ts';
import { openMes } from './mes/mes.ts';
import type { Board } from './status/board.ts';
import { watchClock } from './status/clock.ts';
import { faultOf } from './store/fault.ts';
import { holdEvents } from './store/heldEvents.ts';
import type { StoreHolder } from './store/holder.ts';
import { keepTidy } from './store/housekeeping.ts';
import type { KeptStore } from './store/keptStore.ts';
import { picturesQuotaOf } from './store/quota.ts';

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
  const backlog = openBacklog();
  const archive = openArchive({
    ...{ folder: picturesFolder(dataDir), index: store.pictures, quotaBytes: keep.picturesMiB * mib },
    ...{ station, startedMs: wallMs(), log },
    disk: { recordsFile: file, quotaOf: picturesQuotaOf, faultOf },
  });
  // Now, before anything new comes.
  const newestBeforeMs = newestMs(store, lanes);
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
    keepEvent: (event) => holder.write((open) => open.lineEvents.keep(event)),
    onEventKept: (event) => facts.eventKept(event),
  });
  const mes =
    mesConfig === undefined
      ? null
      : openMes(mesConfig, pkiFolder(dataDir), {
          reports: store.reports,
          jobs: jobDesk(store.jobs, {
            ...{ wallMs, isBehind: backlog.isBehind },
            onOdd: (text, why) => log.warn({ text, why }, 'the MES sent a command that is none'),
          }),
          onStatus: board.mes,
        });
  const facts = await serveFacts({
    ...{ path: factsSocket(dataDir), station, lanes, log },
    sink: {
      ...{ record: intake.take, picture: archive.keep, preview: previews.show },
      status(fact) {
        backlog.status(fact);
        board.line(fact);
      },
      connected(isConnected) {
        backlog.connected(isConnected);
        board.lineConnected(isConnected);
      },
      ...{ lastSequences: store.lastSequences },
      newLine: () => intake.take({ newLine: true }),
    },
  });
  const tidying = keepTidy(holder, {
    ...{ file, now: wallMs, lastRecordMs: () => lastRecordMs },
    allowedBytes: keep.recordsMiB * mib,
  });
  const events = holdEvents(store.events.add);
  const clock = watchClock({ wallMs, monoMs }, newestBeforeMs, (what) =>
    events.add({ atMs: wallMs(), kind: 'clock-step', lane: null, sequence: null, what }),
  );
  const close = async (): Promise<void> => {
    clock.close();
    events.close();
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

/** Wall clock of the newest record of the runs before, `null` without one, or where it cannot be read. */
const newestMs = (store: KeptStore, lanes: readonly string[]): number | null => {
  try {
    const newest = lanes.flatMap((lane) => store.parts({ lane, limit: 1 }).parts.map(({ decidedAtMs }) => decidedAtMs));
    return newest.length === 0 ? null : Math.max(...newest);
  } catch {
    // The holder knows the fault and opens the records anew; only what the clock would have been compared with is missing.
    return null;
  }
};
