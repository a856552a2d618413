import { fileURLToPath } from 'node:url';
import type { PlcConfig } from '../../electron/config/station.ts';
import { type SimChild, startSim } from '../../electron/sim/child.ts';
import type { DemoPaths } from '../../electron/sim/provision.ts';

/** Encoder counts from the sensor to the gate. */
export const distance = 4000;

const main = fileURLToPath(new URL('../../electron/sim/plc/main.ts', import.meta.url));

/** Starts a simulated PLC on `port`, wired to the conveyor at `wiring`. */
export const startSimPlc = (paths: DemoPaths, port: number, wiring: string, more: string[] = []): Promise<SimChild> => {
  const login = ['--pki', paths.plcPki, '--user', paths.userName, '--password-file', paths.passwordFile];
  return startSim('PLC', main, ['--port', `${port}`, '--wiring', wiring, '--gate-distance', `${distance}`, ...login, ...more]);
};

/** The station file's part about that PLC. */
export const plcConfig = (paths: DemoPaths, port: number, change: Partial<PlcConfig> = {}): PlcConfig => ({
  endpoint: `opc.tcp://127.0.0.1:${port}`,
  securityPolicy: 'Basic256Sha256',
  userName: paths.userName,
  passwordFile: paths.passwordFile,
  gate: 'plc',
  outputLagMs: 2,
  nodeId: 'ns=1;s=Linegate.%s',
  tags: {},
  missingCrl: 'refuse',
  triggers: 'stamped',
  answers: 'status',
  ...change,
});
