import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../base/backoff.ts';
import { forPerson, PersonError } from '../base/errors.ts';
import { tellParent } from '../base/parent.ts';
import { priorities, takePriority } from '../base/priority.ts';
import { openModelPackage, type ModelPackage } from '../config/modelPackage.ts';
import { type FromVision, hangPipe, type KeepPicture, type ToVision, type VisionState } from '../contract/frame.ts';
import { openCamera } from './camera.ts';
import { openFrameCheck } from './frameCheck.ts';
import { type HangWatch, hangLimits, openHangWatch } from './hangWatch.ts';
import { openLooks } from './looks.ts';
import { openDetector } from './detector.ts';
import { runLoop, type Running, type Tally } from './loop.ts';
import type { Mat } from './opencv.ts';
import type { VisionOptions } from './options.ts';
import { openPictures } from './pictures.ts';
import { pixelFormat } from './pixels.ts';
import { modelInUse, proveProvider } from './provider.ts';
import { openRecent } from './recent.ts';
import { type FrameShape, openScorer } from './scorer.ts';
import type { Session } from './session.ts';
import { lookAround, lookAtRoi } from './sight.ts';

/** PROCESS `vision`: one camera, one model, one loop; a child of `line`, which starts it again when it ends or hangs. */
const options = JSON.parse(process.argv[2] ?? '') as VisionOptions;
const firstRetryMs = 100;
const lastRetryMs = 1000;
/**
 * Frames that `line` may still ask a picture of: a quarter of a second at 60 a second; three times that where a part is decided
 * only when it has gone by.
 */
const recentFrames = options.detection === null ? 16 : 48;

const runaway = `The camera sends more than ${options.checks.mostFps} frames a second.`;

let stopping = false;
const wanted = new Set<(wish: KeepPicture) => void>();
const send = (message: FromVision): void => tellParent(message);

process.on('message', (message: ToVision) => {
  if (message.type === 'stop') stopping = true;
  else for (const request of wanted) request(message);
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group; `line` asks us to stop when it has told the PLC.
process.on('SIGINT', () => undefined);

/** What the first frame of a camera tells: the size and format of all that follow. */
const shapeOf = (first: Mat): FrameShape => {
  const format = pixelFormat(options.camera, first.channels);
  if (format === null)
    throw new PersonError(`The camera gives frames of ${first.channels} channels.`, 'Set it to colour, Bayer or grey.');
  return { format, frameSize: { width: first.cols, height: first.rows }, roi: options.roi };
};

/** A model that is loaded and proven, and who watches that it comes back from each frame. */
interface Engine {
  model: ModelPackage;
  session: Session;
  watch: HangWatch;
}

/** One life of the camera: open, loop, close. `opened` is called when its first frame is there. */
const runCamera = async ({ model, session, watch }: Engine, tally: Tally, opened: () => void): Promise<'ended' | 'lost'> => {
  const camera = openCamera(options.camera);
  const recent = openRecent(recentFrames);
  const inUse = modelInUse(model, session.provider);
  const tell = (message: string, frames: Pick<VisionState, 'frameSize' | 'roi'>): void =>
    send({ type: 'state', camera: 'running', message, ...frames, model: inUse });
  try {
    // Before a first frame: with a trigger none comes until the belt moves, and the PLC waits for us before it moves it.
    tell('', { frameSize: null, roi: null });
    const first = camera.read();
    if (first === null)
      throw new PersonError('The camera is open but gives no frame.', 'Check its cable, its trigger and its light.');
    const shape = shapeOf(first);
    const { format, frameSize } = shape;
    const scorer = openScorer(session, model, shape);
    const { roi } = scorer;
    const { previewFps, jpegQuality } = options;
    const pictures = openPictures({ format, recent, previewFps, jpegQuality, send });
    wanted.add(pictures.request);
    opened();
    tell('', { frameSize, roi });
    const stamped = options.camera.kind === 'sim' || (options.camera.kind === 'gstreamer' && options.camera.stamped);
    const looks = openLooks({
      ...frameSize,
      channels: first.channels,
      roi,
      stamped,
      sharpness: options.checks.leastSharpness > 0,
    });
    const check = openFrameCheck(options.checks, looks, (runs) => tell(runs ? runaway : '', { frameSize, roi }));
    const { detection } = options;
    const look =
      detection === null
        ? lookAtRoi(roi)
        : lookAround(openDetector(detection, roi, first.cols), { roi, format, frameWidth: first.cols });
    const running: Running = {
      ...{ camera, first, check, look, scorer, pictures, recent, stamped, watch, send },
      stopped: () => stopping,
    };
    await runLoop(running, tally);
    wanted.delete(pictures.request);
    return camera.live ? 'lost' : 'ended';
  } finally {
    recent.clear();
    camera.release();
  }
};

const main = async (): Promise<void> => {
  const model = openModelPackage(options.modelFolder);
  const { session, inferenceMs, refusals } = await proveProvider(model, options.providers);
  const watch = openHangWatch(hangLimits(inferenceMs), hangPipe);
  // Now, because a crash would leave nothing: the next process finds its code compiled.
  flushCompileCache();
  const passedOver = refusals.map(({ provider, why }) => `Not on ${provider}: ${why}`).join(' ');
  const inUse = modelInUse(model, session.provider);
  takePriority(priorities.frames);
  const tally: Tally = { frames: 0, lastSequence: null, refused: {}, heartbeatMs: 0 };
  send({ type: 'state', camera: 'opening', message: passedOver, frameSize: null, roi: null, model: inUse });
  for (let attempt = 0; !stopping; attempt += 1) {
    let camera: 'ended' | 'lost' = 'lost';
    let message = 'The camera gives no more frames.';
    try {
      camera = await runCamera({ model, session, watch }, tally, () => (attempt = 0));
    } catch (error) {
      message = forPerson(error);
    }
    if (stopping) break;
    if (camera === 'ended') message = `The recording has ended after ${tally.frames} frames.`;
    send({ type: 'state', camera, message, frameSize: null, roi: null, model: inUse });
    if (camera === 'ended') return;
    await sleep(backoffMs(attempt, firstRetryMs, lastRetryMs));
  }
  await Promise.all([session.release(), watch.close()]);
};

takePriority(priorities.loading);
main().then(
  () => process.disconnect?.(),
  (error: unknown) => process.send?.({ type: 'failed', message: forPerson(error) } satisfies FromVision, () => process.exit(1)),
);
