import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PersonError } from '../../base/errors.ts';
import type { OpcuaServerOptions } from '../../base/opcuaServer.ts';
import type { FailSafe, Finding } from './register.ts';

export interface PlcOptions {
  server: OpcuaServerOptions;
  /** Unix socket of the conveyor's wires. */
  wiring: string;
  failSafe: FailSafe;
  /** Encoder counts from the sensor to the gate. */
  gateDistance: number;
  /** The gate opens so many counts before a part's place and closes as many after it. */
  window: number;
  /** How a result names its part: by the id of its trigger, or by its place, where the camera runs freely. */
  findParts: Finding['by'];
  /** Time the gate needs to move. */
  actuatorMs: number;
}

const failSafes = ['reject', 'stop', 'pass-and-mark'] as const satisfies FailSafe[];

/** Reads the command line. Throws {@link PersonError}. */
export const plcOptions = (args: string[]): PlcOptions => {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '4850' },
      wiring: { type: 'string' },
      pki: { type: 'string' },
      user: { type: 'string', default: 'linegate' },
      'password-file': { type: 'string' },
      'fail-safe': { type: 'string', default: 'reject' },
      'gate-distance': { type: 'string', default: '4000' },
      'find-parts': { type: 'string', default: 'id' },
      window: { type: 'string', default: '80' },
      'actuator-ms': { type: 'string', default: '30' },
      outdated: { type: 'boolean', default: false },
    },
  });
  const given = (name: 'wiring' | 'pki' | 'password-file'): string => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new PersonError(`The simulated PLC needs --${name}.`, 'The README beside its main.ts explains its options.');
  };
  const failSafe = failSafes.find((each) => each === values['fail-safe']);
  if (failSafe === undefined)
    throw new PersonError(`There is no fail-safe "${values['fail-safe']}".`, `Use one of ${failSafes.join(', ')}.`);
  const findParts = values['find-parts'];
  if (findParts !== 'id' && findParts !== 'place')
    throw new PersonError(`Parts cannot be found by "${findParts}".`, 'Use id or place.');
  return {
    server: {
      name: 'Simulated PLC',
      port: Number(values.port),
      pki: given('pki'),
      userName: values.user,
      password: readFileSync(given('password-file'), 'utf8').trim(),
      outdated: values.outdated,
    },
    wiring: given('wiring'),
    failSafe,
    gateDistance: Number(values['gate-distance']),
    findParts,
    window: Number(values.window),
    actuatorMs: Number(values['actuator-ms']),
  };
};
