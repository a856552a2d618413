import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoStation } from '../../../electron/cli/demoStation.ts';
import { freePort } from '../../../electron/cli/freePort.ts';
import { pkiFolder } from '../../../electron/config/paths.ts';
import { provisionDemo } from '../../../electron/sim/provision.ts';
import { approveUs } from './acquaint.ts';
import { lacksAsyncua, type PythonChild, startPython } from './python.ts';

const lacks = lacksAsyncua();
const stationFile = fileURLToPath(new URL('station.toml', import.meta.url));
const cli = fileURLToPath(new URL('../../../electron/cli/main.ts', import.meta.url));
const inDb = (name: string): string => `nsu=urn:acme:packer:4711;s="DB_Vision"."${name}"`;

interface Plc {
  endpoint: string;
  passwordFile: string;
  tags: Record<string, unknown>;
}
interface Answer {
  code: number;
  text: string;
}

describe.skipIf(lacks !== null)(`"linegate plc" at an asyncua PLC${lacks === null ? '' : ` (${lacks})`}`, () => {
  let folder: string;
  let plc: PythonChild | null = null;
  let login: string[];
  let port: number;
  const own = (file: string): string => join(folder, file);

  /** Runs the command as a person does; the station file is the integrator's with what `change` does to it. */
  const linegate = (args: readonly string[], change: (plc: Plc) => void = () => undefined): Promise<Answer> => {
    const known = parse(readFileSync(stationFile, 'utf8')) as unknown as { lane: [{ plc: Plc }]; mes?: unknown };
    Object.assign(known.lane[0].plc, { endpoint: `opc.tcp://127.0.0.1:${port}`, passwordFile: own('factory/password') });
    change(known.lane[0].plc);
    writeFileSync(own('station.toml'), stringify(known));
    const all = [cli, ...args, '--station', own('station.toml')];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, all, (_error, out, error) =>
        resolve({ code: child.exitCode ?? -1, text: out + error }),
      );
    });
  };
  const check = async (change?: (plc: Plc) => void): Promise<string[]> =>
    (await linegate(['plc', 'check'], change)).text.split('\n').filter((line) => line.startsWith('✗'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'linegate-check-'));
    const paths = await provisionDemo(folder);
    port = await freePort(25_350);
    login = ['--port', `${port}`, '--pki', own('plc'), '--user', paths.userName, '--password-file', paths.passwordFile];
    const ports = { camera: 1, plc: port, mes: 1 };
    writeDemoStation(folder, { lanes: [{ ports }] as never, ports, paths }, 1);
  });
  afterAll(() => plc?.kill());

  it('says that nobody is there, and what to look at', async () => {
    const [fault, ...others] = await check();
    expect(fault).toMatch(/does not answer.*address and port/);
    expect(others).toEqual([]);
  });

  it('leads from the unknown certificate to the trusted one, on both sides', async () => {
    plc = await startPython('./plc.py', login, () => undefined);
    const shown = new X509Certificate(readFileSync(own('plc/certificate.der'))).fingerprint256;
    expect(await check()).toEqual([expect.stringMatching(/not trusted here.*"linegate certificate trust line"/)]);
    expect((await linegate(['plc', 'trust'])).text).toContain(shown);
    expect(await linegate(['plc', 'trust', shown.slice(0, 29)])).toMatchObject({ code: 1, text: /whole SHA-256/ as never });
    expect((await linegate(['certificate', 'trust', 'line', shown])).code).toBe(0);
    expect(await check()).toEqual([expect.stringMatching(/refuses our certificate.*approve the certificate of this station/)]);
    approveUs(own('plc'), join(pkiFolder(own('data')), 'line'));
    expect((await linegate(['plc', 'check'])).code).toBe(0);
  });

  it('says that the password is wrong', async () => {
    writeFileSync(own('wrong'), 'not it');
    const wrong = await check((to) => (to.passwordFile = own('wrong')));
    expect(wrong).toEqual([expect.stringMatching(/does not accept our user name and password.*password file/)]);
  });

  it('names every tag that is not as the station file says, and why', async () => {
    const wrong = await check(({ tags }) => {
      tags['PartId'] = { node: inDb('PartNo'), type: 'Int32' };
      tags['Encoder'] = { node: inDb('Position'), type: 'Int32' };
      tags['ResultReject'] = inDb('Runs');
      tags['Heartbeat'] = { node: 'ns=9;s=Life', type: 'Byte' };
    });
    expect(wrong).toEqual([
      expect.stringMatching(/Heartbeat .*no namespace 9; it has 0 to/),
      expect.stringMatching(/PartId .*of type UInt16, not Int32: set type/),
      expect.stringMatching(/Encoder .*no such node in namespace 3 \(urn:acme:packer:4711\)/),
      expect.stringMatching(/ResultReject .*may not write it/),
      expect.stringMatching(/heartbeat of the PLC: /),
    ]);
    expect(await check(({ tags }) => (tags['Heartbeat'] = 'the life bit'))).toEqual([
      expect.stringMatching(/"the life bit" is no OPC UA node id.*station file/),
    ]);
  });
});
