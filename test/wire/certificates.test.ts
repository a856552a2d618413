import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OPCUAServer } from 'node-opcua';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Life } from '../../electron/base/certificateLife.ts';
import { knownCertificates, ownCertificateFile } from '../../electron/base/opcuaCertificates.ts';
import { keepOpcuaSession } from '../../electron/base/opcuaClient.ts';
import { makeOwnCertificate, nextCertificateFile, useNextCertificate } from '../../electron/base/opcuaOwn.ts';
import type { MissingCrl } from '../../electron/base/opcuaPki.ts';
import { buildOpcuaServer } from '../../electron/base/opcuaServer.ts';
import { trust } from '../../electron/base/opcuaTrust.ts';
import { freePort } from '../../electron/cli/freePort.ts';
import { foundAuthority, hasOpenssl } from '../faults/authority.ts';

const dayMs = 24 * 3600 * 1000;
const fromTo = (fromDays: number, toDays: number): Life => ({
  fromMs: Date.now() + fromDays * dayMs,
  untilMs: Date.now() + toDays * dayMs,
});

describe('certificates over encrypted loopback', () => {
  let folder: string;
  let line: string;
  let plc: string;
  let port: number;
  let server: OPCUAServer | null = null;

  /** New certificates, each side trusting the other; the server is not yet there. */
  const make = async ({ ours = fromTo(-1, 100), theirs = fromTo(-1, 100) } = {}): Promise<void> => {
    trust(plc, await makeOwnCertificate('line', line, ours, ownCertificateFile(line)));
    trust(line, await makeOwnCertificate('plc', plc, theirs, ownCertificateFile(plc)));
  };
  const serve = async (): Promise<void> => {
    port = await freePort(24_700);
    server = await buildOpcuaServer({ name: 'PLC', port, pki: plc, userName: 'u', password: 'p' });
    await server.start();
  };
  /** What the first try comes to: `open`, or why not. */
  const connect = async (missingCrl: MissingCrl = 'refuse'): Promise<string> => {
    const enough = new AbortController();
    let what = '';
    const end = (how: string): void => {
      what = how;
      enough.abort();
    };
    const handlers = { use: async () => end('open'), onAway: (message: string) => end(message) };
    const login = {
      ...{
        peer: 'PLC',
        endpoint: `opc.tcp://127.0.0.1:${port}`,
        securityPolicy: 'Basic256Sha256' as const,
        pki: line,
        missingCrl,
      },
      ...{
        userName: 'u',
        passwordFile: join(folder, 'password'),
        firstWaitMs: 50,
        mostWaitMs: 100,
        sessionTimeoutMs: 3000,
        isOftenSilent: false,
      },
    };
    await keepOpcuaSession(login, handlers, enough.signal);
    return what;
  };
  const known = () => knownCertificates([{ name: 'line', pki: line, peer: 'PLC', endpoints: [`opc.tcp://127.0.0.1:${port}`] }]);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linegate-certificates-'));
    [line, plc] = [join(folder, 'line'), join(folder, 'plc')];
    writeFileSync(join(folder, 'password'), 'p');
  });
  afterEach(async () => {
    await server?.shutdown();
    server = null;
  });

  it('are remembered with their ends, our own and that of the server', async () => {
    await make({ ours: fromTo(-1, 5), theirs: fromTo(-1, 20) });
    await serve();
    expect(await connect()).toBe('open');
    expect(known().map(({ endpoint, untilMs }) => [endpoint === null, Math.round((untilMs - Date.now()) / dayMs)])).toEqual([
      [true, 5],
      [false, 20],
    ]);
  });

  it('are refused out of their time, in words of their own, and taken again when replaced', async () => {
    await make({ theirs: fromTo(-10, -1) });
    await serve();
    expect(await connect()).toMatch(/PLC at .* has expired on .*"linegate certificate trust line"/);
    expect(known().find(({ endpoint }) => endpoint !== null)?.untilMs).toBeLessThan(Date.now());
    await server?.shutdown();
    await make({ theirs: fromTo(1, 10) });
    await serve();
    expect(await connect()).toMatch(/PLC at .* is valid only from .* set the clock of this station/);
    await server?.shutdown();
    await make();
    await serve();
    expect(await connect()).toBe('open');
  });

  it('of our own are not shown to anybody out of their time, and are renewed without changing who we are', async () => {
    await make({ ours: fromTo(-10, -1) });
    await serve();
    expect(await connect()).toMatch(/this station for the PLC.* has expired on .*linegate certificate renew line/);
    const before = new X509Certificate(readFileSync(ownCertificateFile(line)));
    expect(() => useNextCertificate(line)).toThrow(/no new certificate/);
    const next = await makeOwnCertificate('line', line, fromTo(-1, 100), nextCertificateFile(line));
    expect(await connect()).toMatch(/has expired/);
    expect(useNextCertificate(line).fingerprint256).toBe(next.fingerprint256);
    expect(next.subjectAltName).toBe(before.subjectAltName);
    expect(next.publicKey.equals(before.publicKey)).toBe(true);
    expect(await connect()).toMatch(/refuses our certificate/);
    await server?.shutdown();
    trust(plc, next);
    await serve();
    expect(await connect()).toBe('open');
  });

  it.skipIf(!hasOpenssl())(
    'of an authority are taken with its revocation list, and without it as the station file says',
    async () => {
      await make();
      const authority = foundAuthority();
      authority.certify(plc);
      authority.trustedBy(line);
      await serve();
      expect(await connect()).toMatch(/no revocation list/);
      expect(await connect('warn')).toBe('open');
      expect(known().map(({ isRevocationKnown }) => isRevocationKnown)).toEqual([true, false]);
      authority.list(line, true);
      expect(await connect()).toBe('open');
      expect(known().map(({ isRevocationKnown }) => isRevocationKnown)).toEqual([true, true]);
      authority.listEnded(line);
      expect(await connect()).toMatch(/no revocation list on this station that still counts/);
      expect(await connect('warn')).toBe('open');
      expect(known().map(({ isRevocationKnown, listUntilMs }) => [isRevocationKnown, listUntilMs])).toEqual([
        [true, null],
        [false, Date.parse('2020-02-01T00:00:00Z')],
      ]);
      authority.revoke(plc);
      authority.listEnded(line);
      expect(await connect('warn')).toMatch(/has been revoked/);
      authority.list(line, true);
      for (const missingCrl of ['refuse', 'warn'] as const) expect(await connect(missingCrl)).toMatch(/has been revoked/);
    },
  );

  it.skipIf(!hasOpenssl())('of an authority that nobody trusts are refused, revocation list or not', async () => {
    await make();
    const authority = foundAuthority();
    authority.certify(plc);
    await serve();
    expect(await connect('warn')).toMatch(/not trusted here/);
    authority.list(line, true);
    expect(await connect('warn')).toMatch(/not trusted here/);
  });
});
