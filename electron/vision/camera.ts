import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { monoMs } from '../base/clock.ts';
import { messageOf, PersonError } from '../base/errors.ts';
import type { CameraConfig } from '../config/station.ts';
import { genicamSource } from './genicam.ts';
import { cv, type Mat, type VideoCapture } from './opencv.ts';
import { openPace } from './pace.ts';

/** An open source of frames. */
export interface Camera {
  /** Blocks until the next frame; `null` when no more come. The caller releases the frame. */
  read(): Mat | null;
  /** `true`: the end of `read` is a loss (a real camera); `false`: a recording has ended. */
  readonly live: boolean;
  release(): void;
}

// Few buffers, oldest dropped: a frame that waited longer than its part took to the gate is worth nothing, and what is
// dropped shows in the camera's counter.
// Opening does not wait for a first frame: with a trigger none comes before the belt moves.
const appsink = 'appsink max-buffers=4 drop=true sync=false async=false';

/** Size of the simulated camera's frames. */
const simFrame = 'width=1280 height=720 format=gray8 framerate=60/1';

/** Opens `config`. Throws {@link PersonError} when there is nothing to open. */
export const openCamera = (config: CameraConfig): Camera => {
  switch (config.kind) {
    case 'sim':
      return live(
        capture(
          `tcpclientsrc host=${config.host} port=${config.port} ! rawvideoparse ${simFrame} ! ${appsink}`,
          cv.CAP_GSTREAMER,
          [`The simulated camera at ${config.host}:${config.port} cannot be opened: nobody answers.`, 'Check that it runs.'],
        ),
      );
    case 'gstreamer':
      return live(capture(config.pipeline, cv.CAP_GSTREAMER));
    case 'genicam':
      return live(capture(`${genicamSource(config)} ! ${appsink}`, cv.CAP_GSTREAMER));
    case 'v4l2':
      return openV4l2(config);
    case 'file':
      return openFile(config);
    case 'folder':
      return openFolder(config);
  }
};

/** What to say of a source that cannot be opened, and what to do about it. */
type Failed = [what: string, toDo: string];

const noCamera = (source: string): Failed => [
  `The camera cannot be opened (${source}).`,
  'Check that it is plugged in, powered and not in use.',
];

const capture = (source: string, api: number, [what, toDo] = noCamera(source)): VideoCapture => {
  try {
    return new cv.VideoCapture(source, api);
  } catch (cause) {
    throw new PersonError(what, toDo, { cause: new Error(messageOf(cause)) });
  }
};

/** An empty Mat is OpenCV's way to say that there is no frame; `read` on a broken source throws. */
const nextOf = (source: VideoCapture): Mat | null => {
  const frame = source.read();
  if (!frame.empty) return frame;
  frame.release();
  return null;
};

const live = (source: VideoCapture): Camera => ({ live: true, read: () => nextOf(source), release: () => source.release() });

const openV4l2 = (config: Extract<CameraConfig, { kind: 'v4l2' }>): Camera => {
  if (!existsSync(config.device))
    throw new PersonError(`There is no camera at ${config.device}.`, 'Plug it in, or correct "device".');
  const source = capture(config.device, cv.CAP_V4L2);
  source.set(cv.CAP_PROP_FRAME_WIDTH, config.width);
  source.set(cv.CAP_PROP_FRAME_HEIGHT, config.height);
  source.set(cv.CAP_PROP_FPS, config.fps);
  return live(source);
};

const openFile = (config: Extract<CameraConfig, { kind: 'file' }>): Camera => {
  if (!existsSync(config.path)) throw new PersonError(`There is no recording ${config.path}.`, 'Correct "path".');
  const open = (): VideoCapture =>
    capture(config.path, cv.CAP_ANY, [
      `The recording ${config.path} cannot be read.`,
      'It is damaged or no video; choose another, or a folder of images.',
    ]);
  let source = open();
  const pace = openPace(config.fps ?? (source.get(cv.CAP_PROP_FPS) || 30), monoMs());
  return {
    live: false,
    read: () => {
      pace.wait();
      const frame = nextOf(source);
      if (frame !== null || !config.loop) return frame;
      source.release();
      source = open();
      return nextOf(source);
    },
    release: () => source.release(),
  };
};

const isImage = (file: string): boolean => /\.(jpe?g|png|bmp|tiff?|webp)$/i.test(file);

/** Names of the images in `folder` and the folders below it, in the order of their names. Throws {@link PersonError}. */
export const imagesIn = (folder: string): string[] => {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new PersonError(`There is no folder ${folder}.`, 'Correct "path".');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isImage).sort();
  if (files.length === 0) throw new PersonError(`There are no images in ${folder}.`, 'Choose a folder with JPEG or PNG files.');
  return files;
};

const openFolder = (config: Extract<CameraConfig, { kind: 'folder' }>): Camera =>
  imageSequence(
    imagesIn(config.path).map((file) => join(config.path, file)),
    config,
  );

/** Plays image files as a camera would. An image that cannot be read is a {@link PersonError} at its turn. */
export const imageSequence = (files: string[], play: { fps: number; loop: boolean }): Camera => {
  const pace = openPace(play.fps, monoMs());
  let next = 0;
  return {
    live: false,
    read: () => {
      if (next === files.length && play.loop) next = 0;
      const file = files[next];
      if (file === undefined) return null;
      next += 1;
      const frame = readImage(file);
      pace.wait();
      return frame;
    },
    release: () => undefined,
  };
};

/** Decodes an image file to BGR. Throws {@link PersonError}. The caller releases it. */
export const readImage = (file: string): Mat => {
  if (!existsSync(file)) throw new PersonError(`The image ${file} is missing.`, 'Put it back or take it out of the list.');
  try {
    const image = cv.imread(file, cv.IMREAD_COLOR);
    if (!image.empty) return image;
  } catch {
    // OpenCV throws or returns nothing, by format; both mean the same to a person.
  }
  throw new PersonError(`The image ${file} cannot be read.`, 'It is damaged or no image; replace it.');
};
