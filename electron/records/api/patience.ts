import { setTimeout as sleep } from 'node:timers/promises';
import { forPerson, messageOf, PersonError } from '../../base/errors.ts';
import { type Api, type ApiOptions, serveApi } from './server.ts';

const retryMs = 2000;
const answerWithinMs = 4000;

/** The API, as soon as its address is free. */
export interface ApiToCome {
  /** Rejects never; stays open when closed before. */
  url: Promise<string>;
  /** Resolves when the API has answered a call as a screen would make it, or has no address yet; rejects when it does not answer. */
  answers(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the API and tries again as long as its address is taken: records are kept whether or not a screen can look at
 * them. The log says once what to do.
 */
export const serveWhenFree = (options: ApiOptions): ApiToCome => {
  const { promise: url, resolve } = Promise.withResolvers<string>();
  const closing = new AbortController();
  let address: string | null = null;

  const open = async (): Promise<Api | null> => {
    for (let isFirst = true; !closing.signal.aborted; isFirst = false) {
      try {
        const api = await serveApi(options);
        address = api.url;
        resolve(api.url);
        return api;
      } catch (cause) {
        if (isFirst) options.log.error({ why: forPerson(noAddress(options, cause)) }, 'no screen can be served');
        await sleep(retryMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
    return null;
  };
  const opened = open();
  return {
    url,
    async answers() {
      if (address === null) return;
      const answer = await fetch(new URL('/healthz', address), { signal: AbortSignal.timeout(answerWithinMs) });
      await answer.body?.cancel();
    },
    async close() {
      closing.abort();
      await (await opened)?.close();
    },
  };
};

const noAddress = ({ host, port }: ApiOptions, cause: unknown): PersonError =>
  new PersonError(
    `The operator API cannot listen on ${host} port ${port}: ${messageOf(cause)}.`,
    'Stop the program that has this address, or set another under [api] in the station file. Records are kept meanwhile.',
    { cause },
  );
