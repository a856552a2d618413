import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Linegate</title>
<h1>The operator screen is not built yet</h1>
<p>The station runs; only its screen is missing. Build it with <code>npm run setup</code> in the folder of the program,
then load this page again.</p></html>`;

/** Serves the built renderer in `folder`: files only, no listing, no way out of it. */
export const serveScreen = async (app: FastifyInstance, folder: string): Promise<void> => {
  await app.register(fastifyStatic, { root: folder, serve: false, dotfiles: 'ignore', cacheControl: false });

  app.get('/', (_request, reply) => {
    if (!existsSync(join(folder, 'index.html'))) return reply.code(503).type('text/html').send(notBuilt);
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });

  app.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = request.params['*'];
    // The bundler puts a hash of its content into the name of every asset.
    reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(path);
  });
};
