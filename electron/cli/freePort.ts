import { createServer } from 'node:net';
import { once } from 'node:events';

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
};

/** `wanted`, or the next port above that nobody listens on: two demos may run side by side. */
export const freePort = async (wanted: number): Promise<number> => {
  for (let port = wanted; port < wanted + 100; port++) if (await isFree(port)) return port;
  throw new Error(`no free port between ${wanted} and ${wanted + 99}`);
};
