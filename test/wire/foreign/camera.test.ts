import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recipe } from '../../../electron/config/recipe.ts';
import type { CameraState, FromVision } from '../../../electron/contract/frame.ts';
import type { VisionOptions } from '../../../electron/vision/options.ts';
import { aravisPython, lacksAravis, type PythonChild, startPython } from './python.ts';

const lacks = lacksAravis();
const entry = fileURLToPath(new URL('../../../electron/vision/main.ts', import.meta.url));
const model = fileURLToPath(new URL('../../../models/reference', import.meta.url));
const serial = `LG${process.pid}`;

/** One of its frames has to fit into a socket's default buffer: what is on loopback comes all at once. */
const size = { width: 256, height: 256 };

const options: VisionOptions = {
  camera: {
    kind: 'genicam',
    name: `Aravis-Fake-${serial}`,
    ...size,
    fps: 50,
    exposureUs: 2000,
    features: { TriggerMode: 'Off' },
  },
  ...{ modelFolder: model, providers: ['cpu'], roi: { x: 8, y: 8, width: 240, height: 240 }, detection: null },
  ...{ checks: { ...recipe.shape.checks.parse(undefined), frozenFrames: 5 }, previewFps: 0, jpegQuality: 80 },
};

/** Aravis would take frames from the network card itself where it may, which sees none of loopback's. */
const mayNotTakeRaw =
  process.getuid?.() === 0 ? { execPath: 'setpriv', execArgv: ['--bounding-set=-net_raw', process.execPath] } : {};

describe.skipIf(lacks !== null)(`vision and a GigE Vision camera${lacks === null ? '' : ` (${lacks})`}`, () => {
  let camera: PythonChild;
  let vision: ChildProcess;
  let state: CameraState | null = null;
  let frames: number;

  const startCamera = async (): Promise<void> => {
    camera = await startPython('./camera.py', [serial], () => undefined, aravisPython);
  };
  const until = (wanted: CameraState): Promise<void> => expect.poll(() => state, { timeout: 40_000 }).toBe(wanted);
  const untilMoreFrames = (): Promise<void> => {
    const before = frames;
    return expect.poll(() => frames, { timeout: 20_000 }).toBeGreaterThan(before + 100);
  };

  beforeAll(startCamera);
  afterAll(() => camera.kill());
  afterEach(async () => {
    const gone = once(vision, 'exit');
    vision.kill('SIGKILL');
    await gone;
  });

  it('has its frames at the size that was set, loses it when it goes and has it back by itself', async () => {
    frames = 0;
    let frameSize: unknown = null;
    vision = fork(entry, [JSON.stringify(options)], {
      ...{ serialization: 'advanced', env: { ...process.env, GST_DEBUG: '0', OPENCV_LOG_LEVEL: 'ERROR' } },
      ...mayNotTakeRaw,
    });
    vision.on('message', (message: FromVision) => {
      if (message.type === 'scored') frames += 1;
      if (message.type !== 'state') return;
      state = message.camera;
      frameSize = message.frameSize ?? frameSize;
    });
    await until('running');
    await untilMoreFrames();
    expect(frameSize).toEqual(size);
    await camera.kill();
    await until('lost');
    await startCamera();
    await until('running');
    await untilMoreFrames();
  });
});
