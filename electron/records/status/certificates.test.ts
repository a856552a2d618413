import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aStore } from '../../../test/records/store.ts';
import { type KnownCertificate, ownCertificateFile } from '../../base/opcuaCertificates.ts';
import { openLog } from '../../base/log.ts';
import { makeOwnCertificate } from '../../base/opcuaOwn.ts';
import { watchCertificates } from './certificates.ts';

const dayMs = 24 * 3600 * 1000;

it('tells the board of the certificates, and the journal once of each stage, over starts of the process', async () => {
  const pki = join(mkdtempSync(join(tmpdir(), 'linegate-watch-')), 'line');
  await makeOwnCertificate('line', pki, { fromMs: 0, untilMs: 100 * dayMs }, ownCertificateFile(pki));
  const store = aStore({ now: () => 0 });
  const journal = () => store.events.recent(['certificate'], 0).map(({ what }) => what);
  let known: readonly KnownCertificate[] = [];
  /** What a process that starts on that day tells. */
  const startOn = (day: number): void => {
    const board = { certificates: (now: typeof known) => (known = now) };
    const options = { board, journal: store.events, log: openLog('test'), wallMs: () => day * dayMs };
    watchCertificates([{ name: 'line', pki, peer: 'PLC', endpoints: ['opc.tcp://plc:4840'] }], options).close();
  };
  startOn(10);
  expect(known).toMatchObject([{ application: 'line', endpoint: null, untilMs: 100 * dayMs }]);
  expect(journal()).toEqual([]);
  for (const day of [41, 42, 60]) startOn(day);
  expect(journal()).toEqual([expect.stringContaining('less than 60 days')]);
  for (const day of [94, 99, 101, 102]) startOn(day);
  expect(journal()).toHaveLength(3);
  expect(journal()[0]).toContain('has expired on 1970-04-11');
});
