import { createTRPCClient, createWSClient, type TRPCClient, wsLink } from '@trpc/client';
import type { ApiRouter, StationStatus } from '../../electron/contract/api.ts';
import type { FrameLoop } from '../live/frameLoop.ts';
import type { Live } from './live.ts';
import { watchPreview } from './preview.ts';
import { reconnectMs } from './reconnect.ts';
import { labelWordsOf } from '../text/labelWords.ts';
import { slowOf } from './slow.ts';
import type { ViewStore } from './view.ts';

/** The station tells its state at least twice a second; after so long without a word it is taken for lost. */
const silentMs = 2500;

/** What a component may use of the station. */
export interface Station {
  api: TRPCClient<ApiRouter>;
  live: Live;
  loop: FrameLoop;
  view: ViewStore;
  lookAt(lane: string): void;
}

interface Parts {
  /** Where the page came from, such as `http://127.0.0.1:8600`. */
  origin: string;
  live: Live;
  loop: FrameLoop;
  view: ViewStore;
  now: () => number;
}

/** Connects to the station and keeps at it: a lost connection comes back by itself, for as long as the page is open. */
export const openStation = ({ origin, live, loop, view, now }: Parts): Station => {
  const webSocket = origin.replace(/^http/, 'ws');
  const client = createWSClient({
    url: `${webSocket}/api`,
    retryDelayMs: reconnectMs,
    // Finds a dead network in seconds, where TCP alone would wait for minutes.
    keepAlive: { enabled: true, intervalMs: 2000, pongTimeoutMs: 1500 },
  });
  const api = createTRPCClient<ApiRouter>({ links: [wsLink<ApiRouter>({ client })] });

  let closePreview = (): void => undefined;
  const watch = (): void => {
    closePreview();
    const { lane } = view.getState();
    // A page that nobody sees needs no pictures.
    if (lane === null || document.hidden) return;
    closePreview = watchPreview({
      url: `${webSocket}/preview/${encodeURIComponent(lane)}`,
      admits: live.admits,
      onPicture: live.show,
    });
  };
  const lookAt = (lane: string): void => {
    if (lane === view.getState().lane) return;
    live.lookAt(lane);
    view.setState({ lane, open: null });
    watch();
  };

  const hear = (status: StationStatus): void => {
    live.hear(status);
    const { slow, link, lane, labelWords } = view.getState();
    const next = slowOf(status, slow);
    if (next !== slow || link !== 'live')
      view.setState({ slow: next, link: 'live', labelWords: labelWordsOf(next.lanes, labelWords) });
    const first = next.lanes?.[0];
    if (first !== undefined && !next.lanes?.some((each) => each.lane === lane)) lookAt(first.lane);
  };
  // A station that shuts down ends the subscription in good order: that is no reason to stop listening.
  const listen = (): void => {
    const again = (): void => void setTimeout(listen, 1000);
    api.watchStatus.subscribe(undefined, { onData: hear, onError: again, onComplete: again });
  };
  listen();

  document.addEventListener('visibilitychange', watch);
  setInterval(() => {
    if (view.getState().link === 'live' && now() - live.statusAtMs > silentMs) view.setState({ link: 'lost' });
    loop.wake();
  }, 500);

  return { api, live, loop, view, lookAt };
};
