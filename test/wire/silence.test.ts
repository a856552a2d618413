import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { keepOpcuaSession } from '../../electron/base/opcuaClient.ts';
import { aServer } from './server.ts';

/** Shorter than node-opcua likes; it warns, and keeps to it. */
const sessionTimeoutMs = 1200;

it.each([
  { isOftenSilent: true, sessions: 1 },
  { isOftenSilent: false, sessions: 0 },
])(
  'a session in which nobody asks anything is kept when that is told before: $isOftenSilent',
  async ({ isOftenSilent, sessions }) => {
    const { server, login } = await aServer();
    const closing = new AbortController();
    let opened = 0;
    const session = keepOpcuaSession(
      { ...login, sessionTimeoutMs, isOftenSilent },
      {
        async use(_session, lost) {
          opened += 1;
          if (!lost.aborted) await once(lost, 'abort');
        },
        onAway: () => undefined,
      },
      closing.signal,
    );
    onTestFinished(async () => {
      closing.abort();
      await session;
      await server.shutdown();
    });
    await expect.poll(() => opened, { timeout: 10_000 }).toBe(1);
    await sleep(4 * sessionTimeoutMs);
    expect([opened, server.engine.currentSessionCount]).toEqual([1, sessions]);
  },
);
