import { PersonError } from '../base/errors.ts';
import type { FactoryPorts, LanePorts } from '../sim/factory.ts';
import { createServer } from 'node:net';
import { once } from 'node:events';

const lastPort = 65_535;

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
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > lastPort)
    throw new PersonError('That is no port.', `Give a whole number from 1 to ${lastPort}.`);
  const last = Math.min(wanted + 99, lastPort);
  for (let port = wanted; port <= last; port++) if (await isFree(port)) return port;
  throw new PersonError(`No port from ${wanted} to ${last} is free.`, 'Give another, or end what uses them.');
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
