import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeMessage, readMessages } from '../../base/framing.ts';
import { type FrameStamp, readStamp } from '../../contract/stamp.ts';
import type { FromConveyor, PartLeft, SensorEdge } from '../../contract/wiring.ts';
import { frameHeight, frameWidth } from './light.ts';
import { partOf } from './part.ts';
import { stampBytes } from './stream.ts';

/** Long: the simulator needs a second of processor to start, and the machine that tests may have other work. */
const patienceMs = 90_000;
const gateDistance = 3000;
const running: ChildProcess[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

interface Started {
  child: ChildProcess;
  port: number;
  wiring: string;
  complaints: () => string;
}

/** The simulator as a process of its own; few frames, drawn before, so that the test machine has time for them. */
const start = (...more: string[]): Promise<Started> => startLive('--prerendered', '8', ...more);

/** The same, drawing each frame when it is due. */
const startLive = async (...more: string[]): Promise<Started> => {
  const port = await freePort();
  const wiring = joinPath(mkdtempSync(joinPath(tmpdir(), 'linegate-')), 'w.sock');
  const args = ['--port', `${port}`, '--wiring', wiring, '--seed', '4', '--gate-distance', `${gateDistance}`, ...more];
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  await told(child, 'ready');
  return { child, port, wiring, complaints: () => complaints };
};

/** It must end by itself and without a complaint. */
const ended = async (child: ChildProcess): Promise<void> => {
  expect(await once(child, 'exit')).toEqual([0, null]);
};

const told = (child: ChildProcess, type: string): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: Record<string, unknown>) => message['type'] === type && resolve(message));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

const wire = (path: string, hear: (message: FromConveyor) => void): Socket => {
  const socket = connect(path);
  sockets.push(socket);
  // The other end may go first.
  socket.on('error', () => socket.destroy());
  readMessages(socket, (message) => hear(message as FromConveyor));
  return socket;
};

const watch = (port: number, see: (stamp: FrameStamp, picture: Buffer) => void): void => {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (; held.length >= frameWidth * frameHeight; held = held.subarray(frameWidth * frameHeight)) {
      const stamp = readStamp(held.subarray(0, frameWidth), 1);
      if (stamp === null) throw new Error('a frame without a stamp');
      see(stamp, held.subarray(stampBytes, frameWidth * frameHeight));
    }
  });
};

describe('the simulated conveyor', { timeout: 2 * patienceMs }, () => {
  it('sends an edge for every part, its frame with the same encoder count, and ticks; it ends when told to', async () => {
    const { port, wiring, child } = await start('--rate', '20', '--encoder-start', `${2 ** 32 - 1500}`);
    const edges: SensorEdge[] = [];
    let lastTick: FromConveyor | null = null;
    wire(wiring, (message) => {
      if (message.type === 'edge') edges.push(message);
      if (message.type === 'tick') lastTick = message;
    });
    const stamps: FrameStamp[] = [];
    await new Promise<void>((resolve) =>
      watch(port, (stamp) => {
        stamps.push(stamp);
        if (stamps.length === 12) resolve();
      }),
    );
    const known = new Map(edges.map(({ encoder, part }) => [encoder, part]));
    const seen = stamps.filter(({ encoder }) => known.has(encoder));
    expect(seen.length).toBeGreaterThanOrEqual(8);
    // The stamps' counter grows with the parts; a frame that was dropped leaves a gap in it.
    const offset = new Set(seen.map(({ sequence, encoder }) => sequence - (known.get(encoder) ?? 0)));
    expect(offset.size).toBe(1);
    // It started just below 2^32.
    expect(stamps.at(-1)?.encoder).toBeLessThan(2 ** 31);
    expect(lastTick).toMatchObject({ type: 'tick', countsPerSecond: 3200, running: true });
    for (const { part, truth } of edges) {
      const { label, bad } = partOf(4, part % 8, 0.1);
      expect(truth).toEqual({ label, bad });
    }
    const heard = edges.length;
    child.send({ type: 'counts' });
    const { figures } = (await told(child, 'figures')) as { figures: { parts: number; frames: number } };
    expect(figures.parts).toBeGreaterThanOrEqual(heard);
    expect(figures.frames).toBe(figures.parts);
    child.send({ type: 'stop' });
    await ended(child);
  });

  it('ejects exactly the parts in the windows it is told, also over a wire that was cut and joined again; it ends at SIGTERM', async () => {
    const { wiring, child } = await start('--rate', '20', '--count', '60');
    const left: PartLeft[] = [];
    const asked = new Set<number>();
    const join = (every: number): Socket => {
      const socket = wire(wiring, (message) => {
        if (message.type === 'left') left.push(message);
        if (message.type !== 'edge' || message.part % every !== 0 || !socket.writable) return;
        asked.add(message.part);
        const centre = message.encoder + gateDistance;
        socket.write(encodeMessage({ type: 'gate', openAt: (centre - 40) >>> 0, closeAt: (centre + 40) >>> 0 }));
      });
      return socket;
    };
    const first = join(3);
    await expect.poll(() => left.length, { timeout: patienceMs }).toBeGreaterThanOrEqual(8);
    first.write(encodeMessage({ type: 'gate', openAt: 'now', closeAt: -1 }));
    first.end(encodeMessage('nonsense'));
    await once(first, 'close');
    join(5);
    await told(child, 'counted');
    await expect.poll(() => left.at(-1)?.part, { timeout: patienceMs }).toBe(60);
    const parts = left.map(({ part }) => part);
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(left.filter(({ ejected }) => ejected).map(({ part }) => part)).toEqual(parts.filter((part) => asked.has(part)));
    expect([...asked]).toEqual(expect.arrayContaining([50, 55, 60]));
    child.kill('SIGTERM');
    await ended(child);
  });

  it('stops the belt when the contactor opens, and runs again when it closes', async () => {
    const { wiring } = await start('--rate', '20');
    let running: boolean | null = null;
    const socket = wire(wiring, (message) => {
      if (message.type === 'tick') running = message.running;
    });
    for (const run of [false, true]) {
      socket.write(encodeMessage({ type: 'belt', run }));
      await expect.poll(() => running, { timeout: patienceMs }).toBe(run);
    }
  });

  it('turns its knobs, and says in one line what is wrong with a wrong one; it ends with its parent', async () => {
    const { child, port, complaints } = await start('--rate', '50');
    let last: FrameStamp | null = null;
    watch(port, (stamp) => {
      last = stamp;
    });
    await expect.poll(() => last, { timeout: patienceMs }).not.toBeNull();
    child.send({ type: 'knob', name: 'rate', value: 'fast' });
    child.send({ type: 'knob', name: 'colour', value: 1 });
    child.send({ type: 'knob', name: 'lighting', value: '2' });
    await expect.poll(() => complaints().trim().split('\n').length, { timeout: patienceMs }).toBe(3);
    expect(complaints()).toMatch(/"fast" is no value for the knob "rate"/);
    expect(complaints()).toMatch(/no knob "colour"/);
    expect(complaints()).toMatch(/drawn already/);
    child.send({ type: 'knob', name: 'running', value: 'off' });
    child.send({ type: 'counts' });
    const { figures } = (await told(child, 'figures')) as { figures: { parts: number } };
    child.send({ type: 'reset' });
    child.send({ type: 'knob', name: 'unplug', value: 'on' });
    child.send({ type: 'counts' });
    expect(await told(child, 'figures')).toMatchObject({ figures: { parts: 0, bad: 0, frames: 0 } });
    expect(figures.parts).toBeGreaterThan(0);
    const socket = connect(port, '127.0.0.1');
    await expect(once(socket, 'connect')).rejects.toThrow(/ECONNREFUSED/);
    child.disconnect();
    await ended(child);
  });

  it('freezes with a running counter, goes dark and falls silent', async () => {
    const { child, port } = await startLive('--rate', '6');
    const knob = (name: string, value: string): void => void child.send({ type: 'knob', name, value });
    const seen: { sequence: number; hash: string; mean: number }[] = [];
    watch(port, ({ sequence }, picture) => {
      const mean = picture.reduce((sum, value) => sum + value, 0) / picture.length;
      seen.push({ sequence, hash: createHash('sha256').update(picture).digest('hex'), mean });
    });
    /** `count` frames that were exposed after what was said to the simulator before. */
    const frames = async (count: number): Promise<typeof seen> => {
      child.send({ type: 'counts' });
      const { figures } = (await told(child, 'figures')) as { figures: { frames: number } };
      // The next one may be drawn already.
      const fresh = (): typeof seen => seen.filter(({ sequence }) => sequence > figures.frames + 1);
      await expect.poll(() => fresh().length, { timeout: patienceMs }).toBeGreaterThanOrEqual(count);
      return fresh().slice(0, count);
    };
    const different = (some: typeof seen): number => new Set(some.map(({ hash }) => hash)).size;
    expect(different(await frames(3))).toBe(3);
    knob('freeze', 'on');
    const still = await frames(3);
    expect(different(still)).toBe(1);
    expect(new Set(still.map(({ sequence }) => sequence)).size).toBe(3);
    knob('freeze', 'off');
    knob('black', 'on');
    for (const { mean } of await frames(3)) expect(mean).toBeLessThan(12);
    knob('silent', 'on');
    child.send({ type: 'counts' });
    const { figures } = (await told(child, 'figures')) as { figures: { frames: number } };
    knob('count', '3');
    await told(child, 'counted');
    expect(seen.filter(({ sequence }) => sequence > figures.frames)).toEqual([]);
  });

  it.each([
    [['--rate', '0'], /takes: parts a second/],
    [['--defects', '2'], /takes: share of bad parts/],
    [['--prerendered', '1'], /whole number from 4/],
  ])('refuses %j with one clear error', async (args, expected) => {
    const port = await freePort();
    const child = fork(
      fileURLToPath(new URL('./main.ts', import.meta.url)),
      ['--port', `${port}`, '--wiring', '/dev/null', ...args],
      {
        execArgv: ['--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    running.push(child);
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(1);
    expect(text).toMatch(expected);
  });
});
