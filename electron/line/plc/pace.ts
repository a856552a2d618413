import { heartbeatEveryMs, heartbeatOldMs } from '../../contract/gate.ts';

/** How often a server looks at its variables, and how often it tells. */
export interface Pace {
  samplingMs: number;
  publishingMs: number;
}

/** Whether a PLC that tells this often can be told from one that is dead, and if not why. Pure. */
export const judgePace = ({ samplingMs, publishingMs }: Pace): string | null => {
  const mostMs = heartbeatOldMs - heartbeatEveryMs;
  if (samplingMs + publishingMs <= mostMs) return null;
  return `Its heartbeat would seem too old: sampling and publishing may take ${mostMs} ms together. Lower the least intervals of its OPC UA server.`;
};
