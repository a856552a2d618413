import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { monoMs } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { MesConfig } from '../../config/station.ts';
import type { MesStatus } from '../../contract/api.ts';
import type { JobNews } from '../../contract/job.ts';
import type { JobDesk } from './jobDesk.ts';
import { openPump, type ReportSource } from './pump.ts';
import type { Mes } from './session.ts';

/** So often the MES is asked for commands and hears how far an order is. */
const jobsEveryMs = 500;
/** Without an answer for so long it is no hiccup, and people are told. */
const jobsPatienceMs = 10_000;
const flushLookMs = 20;

export interface MesLink {
  /** There is something new to report. Cheap; may be called for every record. */
  wake(): void;
  /** Resolves when the MES has all that can be reported, or is away, or after `patienceMs`. */
  flush(patienceMs: number): Promise<void>;
  /** Resolves when the session is closed; what is not acknowledged by then is reported after the next start. */
  close(): Promise<void>;
}

interface Ends {
  reports: ReportSource;
  jobs: JobDesk;
  onStatus(status: MesNews): void;
}
type MesNews = Pick<MesStatus, 'state' | 'message' | 'refuses'>;

/**
 * Keeps in touch with the MES for as long as the process lives: reports go in order and at least once, job orders come.
 * Returns at once and never throws: while the MES is away it waits and tries again. `pki` is the station's PKI folder,
 * ours is `records` in it. An MES that fetches its reports is only asked for its orders, where it gives any.
 */
export const openMes = (config: MesConfig, pki: string, { reports, jobs, onStatus }: Ends): MesLink => {
  if (config.delivery === 'fetch' && config.jobsMethodId === undefined) {
    onStatus({ state: 'fetches', message: '' });
    return { wake: () => undefined, flush: async () => undefined, close: async () => undefined };
  }
  const closing = new AbortController();
  let isThere = false;
  let news: MesNews = { state: 'connecting', message: '' };
  const tell = (now: MesNews): void => onStatus((news = now));
  const tellTrouble = (trouble: MesNews['refuses']): void => {
    if (news.state === 'connected') tell({ ...news, refuses: { ...news.refuses, ...trouble } });
  };
  const pump = openPump({ source: reports, monoMs, onTrouble: (why) => tellTrouble({ reports: why }) });
  tell(news);
  // Loaded beside the start, not before it: node-opcua takes half a second.
  const ended = import('./session.ts').then(({ keepMesSession }) =>
    keepMesSession(
      config,
      pki,
      {
        async use(mes, lost) {
          tell({ state: 'connected', message: '' });
          isThere = config.delivery === 'call';
          const asking = askForJobs(mes, jobs, (why) => tellTrouble({ orders: why }));
          if (config.delivery === 'call') pump.connect(mes.report);
          if (!lost.aborted) await once(lost, 'abort');
          isThere = false;
          pump.disconnect();
          asking.stop();
        },
        onAway: (message) => tell({ state: 'away', message }),
      },
      closing.signal,
    ),
  );
  return {
    wake: pump.wake,
    async flush(patienceMs) {
      for (let leftMs = patienceMs; leftMs > 0 && isThere && reports.next(1).length > 0; leftMs -= flushLookMs) {
        pump.wake();
        await sleep(flushLookMs);
      }
    },
    async close() {
      closing.abort();
      await ended;
      pump.disconnect();
    },
  };
};

/**
 * Asks again and again, one question at a time; what was not answered is told again. `onTrouble` hears why the MES has
 * answered none for a while, and `null` when it does again.
 */
const askForJobs = ({ exchangeJobs }: Mes, jobs: JobDesk, onTrouble: (why: string | null) => void): { stop(): void } => {
  let timer: NodeJS.Timeout | undefined;
  let isOver = exchangeJobs === null;
  let answeredMs = monoMs();
  let told: string | null = null;
  const tell = (why: string | null): void => {
    if (isOver || why === told) return;
    told = why;
    onTrouble(why);
  };
  const exchange = async (news: JobNews): Promise<string[] | null> => {
    try {
      const commands = (await exchangeJobs?.(news)) ?? [];
      answeredMs = monoMs();
      tell(null);
      return commands;
    } catch (error) {
      if (monoMs() - answeredMs >= jobsPatienceMs) tell(messageOf(error));
      return null;
    }
  };
  const ask = async (): Promise<void> => {
    try {
      const news = jobs.news();
      const commands = await exchange(news);
      if (commands !== null) {
        jobs.told(news);
        jobs.take(commands);
      }
    } catch {
      // A disk that refuses: nothing was told or taken, and it is tried again. The store tells of it.
    }
    if (!isOver) timer = setTimeout(() => void ask(), jobsEveryMs);
  };
  if (!isOver) void ask();
  return {
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
