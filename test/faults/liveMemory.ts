import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Where Node's inspector listens once a process was asked for it by SIGUSR1. */
const inspector = 'http://127.0.0.1:9229/json/list';
const opensWithinMs = 5000;
const lookEveryMs = 50;
const mib = 1024 ** 2;

/** Asks a process of Node what it still holds. */
export interface LiveMemory {
  /** MiB, right after a full collection: what a leak adds to. Resident memory is more, as the engine collects late. */
  mib(): Promise<number>;
  close(): void;
}

/** Opens the inspector of the process `pid`. Throws when it does not open. */
export const openLiveMemory = async (pid: number): Promise<LiveMemory> => {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(pid));
  await once(socket, 'open');
  let asked = 0;
  const call = async (method: string): Promise<Record<string, number>> => {
    const id = ++asked;
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [text] = (await once(socket, 'message')) as [Buffer];
      const answer = JSON.parse(text.toString()) as { id?: number; result: Record<string, number> };
      if (answer.id === id) return answer.result;
    }
  };
  return {
    async mib() {
      await call('HeapProfiler.collectGarbage');
      const { usedSize = 0, backingStorageSize = 0 } = await call('Runtime.getHeapUsage');
      return Math.round((10 * (usedSize + backingStorageSize)) / mib) / 10;
    },
    close: () => socket.close(),
  };
};

const addressOf = async (pid: number): Promise<string> => {
  for (let waitedMs = 0; waitedMs < opensWithinMs; waitedMs += lookEveryMs) {
    await sleep(lookEveryMs);
    const answer = await fetch(inspector).catch(() => null);
    const [target] = answer === null ? [] : ((await answer.json()) as { webSocketDebuggerUrl: string }[]);
    if (target !== undefined) return target.webSocketDebuggerUrl;
  }
  throw new Error(`the inspector of process ${pid} does not open on port 9229`);
};
