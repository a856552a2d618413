import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageSequence, imagesIn, openCamera, readImage } from './camera.ts';
import { cv } from './opencv.ts';

const folder = mkdtempSync(join(tmpdir(), 'linegate-'));
const image = (name: string, grey: number): string => {
  const file = join(folder, name);
  cv.imwrite(file, new cv.Mat(20, 30, cv.CV_8UC3, [grey, grey, grey]));
  return file;
};
/** Opens, reads to the end, and gives the first byte of each frame. */
const play = (config: Parameters<typeof openCamera>[0]): number[] => {
  const camera = openCamera(config);
  const seen: number[] = [];
  for (let frame = camera.read(); frame !== null; frame = camera.read()) {
    seen.push(frame.getData()[0] ?? -1);
    frame.release();
  }
  camera.release();
  return seen;
};

describe('a folder as a camera', () => {
  mkdirSync(join(folder, 'b'));
  image('b/3.png', 30);
  image('2.png', 20);
  image('1.png', 10);
  writeFileSync(join(folder, 'notes.txt'), 'no image');

  it('plays its images in the order of their names, with the folders below, and ends', () => {
    expect(play({ kind: 'folder', path: folder, fps: 1000, loop: false })).toEqual([10, 20, 30]);
    expect(openCamera({ kind: 'folder', path: folder, fps: 1000, loop: false }).live).toBe(false);
  });

  it('says what is wrong with a folder, a missing image and a damaged one', () => {
    expect(() => imagesIn(join(folder, 'none'))).toThrow(/no folder/);
    mkdirSync(join(folder, 'empty'));
    expect(() => imagesIn(join(folder, 'empty'))).toThrow(/no images/);
    writeFileSync(join(folder, 'broken.jpg'), 'not a picture');
    expect(() => readImage(join(folder, 'broken.jpg'))).toThrow(/cannot be read/);
    expect(() => imageSequence([join(folder, 'gone.png')], { fps: 1, loop: false }).read()).toThrow(/missing/);
  });
});

describe('a recording as a camera', () => {
  const file = join(folder, 'clip.avi');
  const writer = new cv.VideoWriter(file, cv.VideoWriter.fourcc('MJPG'), 25, new cv.Size(64, 48));
  for (const grey of [40, 80, 120]) writer.write(new cv.Mat(48, 64, cv.CV_8UC3, [grey, grey, grey]));
  writer.release();

  it('plays to its end', () => {
    const seen = play({ kind: 'file', path: file, fps: 1000, loop: false });
    expect(seen).toHaveLength(3);
    for (const [index, grey] of [40, 80, 120].entries()) expect(Math.abs((seen[index] ?? 0) - grey)).toBeLessThan(4);
  });

  it('starts again when told to', () => {
    const camera = openCamera({ kind: 'file', path: file, fps: 1000, loop: true });
    for (let frame = 0; frame < 7; frame++) expect(camera.read()?.cols).toBe(64);
  });

  it('says what is wrong with a file that is not there or no recording', () => {
    expect(() => openCamera({ kind: 'file', path: join(folder, 'no.mp4'), loop: false })).toThrow(/no recording/);
    expect(() => openCamera({ kind: 'file', path: join(folder, 'notes.txt'), loop: false })).toThrow(/notes.txt cannot be read/);
  });
});

describe('cameras that are not there', () => {
  it('are one clear error each', () => {
    expect(() => openCamera({ kind: 'v4l2', device: '/dev/video99', width: 640, height: 480, fps: 30 })).toThrow(/no camera at/);
    expect(() => openCamera({ kind: 'gstreamer', pipeline: 'nosuchsrc ! appsink', stamped: false })).toThrow(/cannot be opened/);
    expect(() => openCamera({ kind: 'sim', host: '127.0.0.1', port: 1 })).toThrow(/cannot be opened/);
  });
});

describe('raw frames over a GStreamer pipeline', () => {
  it('arrive byte for byte, and end as a loss when the sender closes', async () => {
    // The read blocks this thread, so the sender has to have sent before: three frames fit into the socket.
    const frames = [1, 2, 3].map((value) => Buffer.alloc(64 * 48, value));
    const server = createServer((socket) => socket.end(Buffer.concat(frames)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const child = await import('node:child_process');
    const code = `import { openCamera } from ${JSON.stringify(new URL('./camera.ts', import.meta.url).href)};
      const camera = openCamera({ kind: 'gstreamer', stamped: false, pipeline: 'tcpclientsrc host=127.0.0.1 port=${port} ! rawvideoparse width=64 height=48 format=gray8 framerate=60/1 ! appsink sync=false' });
      const seen = [];
      for (let frame = camera.read(); frame !== null; frame = camera.read()) seen.push(frame.getData()[5]);
      console.log(JSON.stringify({ seen, live: camera.live }));`;
    const output = await new Promise<string>((resolve, reject) =>
      child.execFile(
        process.execPath,
        ['--input-type=module-typescript', '-e', code],
        { env: { ...process.env, OPENCV_LOG_LEVEL: 'ERROR' } },
        (error: Error | null, stdout) => (error === null ? resolve(stdout) : reject(error)),
      ),
    );
    server.close();
    expect(JSON.parse(output)).toEqual({ seen: [1, 2, 3], live: true });
  });
});
