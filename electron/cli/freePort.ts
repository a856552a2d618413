import type { FactoryPorts, LanePorts } from '../sim/factory.ts';
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

/** Ports for the simulators of `lanes` lanes (camera and PLC each) and their MES, from the three wanted ones upwards. */
export const factoryPorts = async (
  lanes: number,
  wanted: FactoryPorts,
): Promise<{ ports: FactoryPorts; otherLanes: LanePorts[] }> => {
  const ports = { camera: await freePort(wanted.camera), plc: await freePort(wanted.plc), mes: 0 };
  const otherLanes: LanePorts[] = [];
  let last: LanePorts = ports;
  for (let lane = 2; lane <= lanes; lane++) {
    last = { camera: await freePort(last.camera + 1), plc: await freePort(last.plc + 1) };
    otherLanes.push(last);
  }
  return { ports: { ...ports, mes: await freePort(Math.max(wanted.mes, last.plc + 1)) }, otherLanes };
};
