import { type AddressInfo, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recipe as recipeSchema } from '../config/recipe.ts';
import type { FromVision } from '../contract/frame.ts';
import { runVision, type VisionEnd } from './visionRun.ts';

/** Long: the process loads OpenCV and a model, and the machine that tests may have other work. */
const patienceMs = 60_000;
const modelFolder = join(import.meta.dirname, '../../models/reference');
const { checks } = recipeSchema.parse({
  ...{ format: 2, name: 'chips', product: 'Chips', model: modelFolder },
  gate: { distanceCounts: 4000, actuatorMs: 20 },
});

let server: Server | undefined;
afterEach(() => server?.close());

/** The process before a camera that is connected and whose belt stands: no frame comes. */
const start = async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const heard: FromVision[] = [];
  const ended = Promise.withResolvers<VisionEnd>();
  const camera = { kind: 'sim' as const, host: '127.0.0.1', port };
  const rest = { roi: undefined, detection: null, checks: { ...checks, frozenFrames: 2 }, previewFps: 0, jpegQuality: 90 };
  const child = runVision(
    { camera, modelFolder, providers: ['cpu'], ...rest },
    (message) => void heard.push(message),
    ended.resolve,
  );
  return { child, heard, ended: ended.promise };
};

describe('the vision process', { timeout: patienceMs }, () => {
  it('is ready before a first frame, and tells how it ended', async () => {
    const { child, heard, ended } = await start();
    const states = () => heard.flatMap((message) => (message.type === 'state' ? [message] : []));
    await expect.poll(() => states().at(-1)?.camera, { timeout: patienceMs }).toBe('running');
    expect(states().at(-1)).toMatchObject({ message: '', frameSize: null, roi: null, model: { name: 'chips-in-tape' } });
    child.kill('SIGSEGV');
    const end = await ended;
    expect(end).toMatchObject({ code: null, signal: 'SIGSEGV', failure: '', recordingEnded: false });
    expect(end.readyForMs).not.toBeNull();
  });
});
