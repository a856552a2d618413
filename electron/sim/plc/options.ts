import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PersonError } from '../../base/errors.ts';
import type { OpcuaServerOptions } from '../../base/opcuaServer.ts';
import { type GateMode, gateModes } from '../../contract/gate.ts';
import type { FailSafe, Finding } from './register.ts';

export interface PlcOptions {
  server: OpcuaServerOptions;
  /** Unix socket of the conveyor's wires. */
  wiring: string;
  failSafe: FailSafe;
  /** Who times the gate: this PLC, or the station, which then switches its output. */
  gate: GateMode;
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
      gate: { type: 'string', default: 'plc' },
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
    failSafe: oneOf('fail-safe', failSafes, values['fail-safe']),
    gate: oneOf('gate', gateModes, values.gate),
    gateDistance: Number(values['gate-distance']),
    findParts: oneOf('find-parts', ['id', 'place'], values['find-parts']),
    window: Number(values.window),
    actuatorMs: Number(values['actuator-ms']),
  };
};

const oneOf = <T extends string>(option: string, all: readonly T[], value: string): T => {
  const found = all.find((each) => each === value);
  if (found !== undefined) return found;
  throw new PersonError(`There is no ${option} "${value}".`, `Use one of ${all.join(', ')}.`);
};
