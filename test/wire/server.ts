import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpcuaLogin } from '../../electron/base/opcuaClient.ts';
import { buildOpcuaServer } from '../../electron/base/opcuaServer.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import { makeCertificates } from '../../electron/sim/certificates.ts';

/** An OPC UA server with nothing on it, running, and how we are known to it. */
export const aServer = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-server-'));
  const [line, plc] = [join(folder, 'line'), join(folder, 'plc')];
  const applications = [
    { name: 'line', pki: line, trusts: ['plc'] },
    { name: 'plc', pki: plc, trusts: ['line'] },
  ];
  await makeCertificates(applications, Date.now());
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'p');
  const port = await freePort(24_800);
  const server = await buildOpcuaServer({ name: 'PLC', port, pki: plc, userName: 'u', password: 'p' });
  await server.start();
  const login: OpcuaLogin = {
    ...{ peer: 'PLC', endpoint: `opc.tcp://127.0.0.1:${port}`, securityPolicy: 'Basic256Sha256', pki: line },
    ...{ missingCrl: 'refuse', userName: 'u', passwordFile, firstWaitMs: 50, mostWaitMs: 100 },
    ...{ sessionTimeoutMs: 60_000, isOftenSilent: false },
  };
  return { server, port, login };
};
