import websocket from '@fastify/websocket';
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import { fastify, type FastifyInstance } from 'fastify';
import type { Logger } from '../../base/log.ts';
import { type ApiRouter, apiRouter, type Door } from '../../contract/api.ts';
import type { Caller } from '../../contract/roles.ts';
import type { Archive } from '../archive/archive.ts';
import { callerOf, isHere } from './caller.ts';
import { makeRoom, openSeats, type Seats } from './crowd.ts';
import { fewAtOnce } from './fewAtOnce.ts';
import { isOwnHost, isOwnOrigin, securityHeaders } from './guard.ts';
import type { Previews } from './previews.ts';
import { serveScreen } from './screen.ts';

export interface ApiOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** Who a caller on this machine is. */
  localRole: Caller['role'];
  lanes: readonly string[];
  door: Door;
  pictures: Pick<Archive, 'read' | 'thumbnail'>;
  previews: Pick<Previews, 'join'>;
  /** Folder of the built renderer. */
  screen: string;
  log: Logger;
}

export interface Api {
  /** Where a browser finds it. */
  url: string;
  close(): Promise<void>;
}

/** No question is longer; the screen sends queries, no files. */
const mostBodyBytes = 64 * 1024;
/** Screens that may look on at once, two connections each. */
const mostWebSockets = 64;
/** A screen has one; some more for who writes his own. */
const mostWatchesEach = 4;

/** A browser has six of them; pictures and questions of some twenty screens. */
const mostConnections = 128;
/** So long may a question take to come whole: a slow-loris holds what it has no longer. // faults #36 */
const headersTimeoutMs = 5000;
const requestTimeoutMs = 10_000;
const lookForLateEveryMs = 1000;

/** The one door: HTTP and WebSocket. Every call: host and origin → caller → role → schema → handler. */
export const serveApi = async (options: ApiOptions): Promise<Api> => {
  const app = fastify({
    bodyLimit: mostBodyBytes,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: lookForLateEveryMs },
    // A batch of queries has all their names in its path.
    routerOptions: { maxParamLength: 1024 },
  });
  makeRoom(app.server, mostConnections);
  await app.register(websocket, {
    options: { maxPayload: mostBodyBytes },
    preClose(closed) {
      for (const client of app.websocketServer.clients) client.terminate();
      app.websocketServer.close(() => closed());
    },
  });
  const seats = openSeats(mostWebSockets);
  app.websocketServer.on('connection', (socket, { socket: { remoteAddress } }) => seats.take(socket, isHere(remoteAddress)));
  refuseStrangers(app, seats);
  await serveRouter(app, options);
  serveHealth(app, options);
  servePictures(app, options);
  servePreviews(app, options);
  await serveScreen(app, options.screen);
  try {
    const url = await app.listen({ host: options.host, port: options.port });
    return { url, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
};

/** Host and origin before anything else; after the plugin's own hook, which marks an upgrade so that a refused one is closed. */
const refuseStrangers = (app: FastifyInstance, seats: Seats): void => {
  app.addHook('onRequest', (request, reply, done) => {
    const { host, origin } = request.headers;
    if (!isOwnHost(host)) return void reply.code(421).send('This station has another name.');
    if (!isOwnOrigin(origin, host)) return void reply.code(403).send('Only pages of this station may ask this.');
    if (request.ws && !seats.admit(isHere(request.socket.remoteAddress)))
      return void reply.code(503).send('Too many screens are open.');
    reply.headers(securityHeaders(host ?? ''));
    done();
  });
};

const serveRouter = async (app: FastifyInstance, { door, localRole, log }: ApiOptions): Promise<void> => {
  await app.register(fastifyTRPCPlugin, {
    prefix: '/api',
    useWSS: true,
    trpcOptions: {
      router: apiRouter,
      // Once for each question over HTTP, and once for each WebSocket.
      createContext: ({ req }) => ({
        door: { ...door, watchStatus: fewAtOnce(door.watchStatus, mostWatchesEach) },
        caller: callerOf(req.socket.remoteAddress, localRole),
      }),
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR')
          log.error({ path, why: error.message, stack: error.stack }, 'a call has failed');
      },
      keepAlive: { enabled: true, pingMs: 10_000, pongWaitMs: 5000 },
    } satisfies FastifyTRPCPluginOptions<ApiRouter>['trpcOptions'],
  });
};

const serveHealth = (app: FastifyInstance, { door }: ApiOptions): void => {
  app.get('/healthz', () => {
    const { station, line, store } = door.status();
    return { station, line: line !== null, records: store.records };
  });
};

/** By its first byte: a PNG begins with one that no JPEG does (PNG §5.2). */
const typeOf = (picture: Uint8Array): string => (picture[0] === 0x89 ? 'image/png' : 'image/jpeg');

const servePictures = (app: FastifyInstance, { pictures }: ApiOptions): void => {
  const serve = (folder: string, read: Archive['read']): void =>
    void app.get<{ Params: { lane: string; file: string } }>(`/${folder}/:lane/:file`, async ({ params }, reply) => {
      const sequence = /^(\d{1,15})\.jpg$/.exec(params.file)?.[1];
      const picture = sequence === undefined ? null : await read(params.lane, Number(sequence));
      if (picture === null) return reply.code(404).send('There is no such picture.');
      return reply.type(typeOf(picture)).header('cache-control', 'private, max-age=3600').send(picture);
    });
  serve('pictures', pictures.read);
  serve('thumbnails', pictures.thumbnail);
};

const servePreviews = (app: FastifyInstance, { lanes, previews }: ApiOptions): void => {
  app.get<{ Params: { lane: string } }>(
    '/preview/:lane',
    {
      websocket: true,
      preValidation: async ({ params }, reply) => {
        if (!lanes.includes(params.lane)) return reply.code(404).send('There is no such lane.');
      },
    },
    (socket, { params }) => previews.join(params.lane, socket),
  );
};
