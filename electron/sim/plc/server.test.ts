import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttributeIds,
  type ClientSession,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPki } from '../../base/opcuaPki.ts';
import { type DemoPaths, provisionDemo } from '../provision.ts';
import type { Result } from './register.ts';
import { type PlcServer, startPlcServer } from './server.ts';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

describe('the PLC as an OPC UA server', () => {
  let paths: DemoPaths;
  let server: PlcServer;
  let port: number;
  let login: UserIdentityInfo;
  const results: Result[] = [];

  beforeAll(async () => {
    paths = await provisionDemo(mkdtempSync(join(tmpdir(), 'linegate-server-')));
    port = await freePort();
    const password = readFileSync(paths.passwordFile, 'utf8');
    login = { type: UserTokenType.UserName, userName: paths.userName, password };
    server = await startPlcServer(
      { name: 'PLC', port, pki: paths.plcPki, userName: paths.userName, password },
      {
        onResult(result) {
          results.push(result);
          return result.partId === 1 ? 'accepted' : result.partId === 2 ? 'late' : 'refused';
        },
        onVisionHeartbeat: () => undefined,
        onGateOutput: () => undefined,
        onStopRequest: () => undefined,
        answerDelayMs: () => 0,
        wallMs: () => 1,
      },
    );
  });
  afterAll(() => server.close());

  /** Tries to open a session and to use it; tells how that ended. */
  const enter = async (
    securityMode: MessageSecurityMode,
    identity?: UserIdentityInfo,
    use: (session: ClientSession) => Promise<void> = async () => undefined,
  ): Promise<'entered' | 'refused'> => {
    const { manager, certificateFile, privateKeyFile, applicationUri, close } = await openPki(join(paths.stationPki, 'line'));
    const client = OPCUAClient.create({
      ...{ applicationUri, certificateFile, privateKeyFile, securityMode, clientCertificateManager: manager },
      securityPolicy: securityMode === MessageSecurityMode.None ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256,
      ...{ endpointMustExist: false, connectionStrategy: { maxRetry: 0 } },
    });
    try {
      await client.connect(`opc.tcp://127.0.0.1:${port}`);
      await use(await client.createSession2(identity));
      return 'entered';
    } catch (error) {
      expect(String(error)).toMatch(/Bad\w+|Cannot find|must exist/);
      return 'refused';
    } finally {
      await client.disconnect();
      await close();
    }
  };

  it.each([
    ['a name, signed and encrypted', MessageSecurityMode.SignAndEncrypt, true, 'entered'],
    ['nobody, signed and encrypted', MessageSecurityMode.SignAndEncrypt, false, 'refused'],
    ['a name, only signed', MessageSecurityMode.Sign, true, 'refused'],
    ['a name in the clear', MessageSecurityMode.None, true, 'refused'],
    ['nobody in the clear', MessageSecurityMode.None, false, 'refused'],
  ] as const)('%s', async (_who, mode, named, end) => {
    expect(await enter(mode, named ? login : undefined)).toBe(end);
  });

  it('answers a result with the status of its last write, and lets nobody write what is its own', async () => {
    const write = (tag: string, dataType: DataType, value: unknown) => ({
      nodeId: `ns=1;s=Linegate.${tag}`,
      attributeId: AttributeIds.Value,
      value: { value: { dataType, value } },
    });
    const answers: string[][] = [];
    const ended = await enter(MessageSecurityMode.SignAndEncrypt, login, async (session) => {
      for (const partId of [1, 2, 3]) {
        const statuses = await session.write([
          write('ResultPartId', DataType.UInt32, partId),
          write('ResultReject', DataType.Boolean, true),
          write('ResultValid', DataType.Boolean, true),
          write('ResultSeq', DataType.UInt32, partId),
        ]);
        answers.push(statuses.map((status) => status.name));
      }
      const own = await session.write([write('PartId', DataType.UInt32, 9), write('ResultVerdict', DataType.Double, 1)]);
      answers.push(own.map((status) => status.name));
    });
    expect(ended).toBe('entered');
    expect(answers).toEqual([
      ['Good', 'Good', 'Good', 'Good'],
      ['Good', 'Good', 'Good', 'BadTimeout'],
      ['Good', 'Good', 'Good', 'BadOutOfRange'],
      ['BadNotWritable', 'BadTypeMismatch'],
    ]);
    expect(results.map(({ sequence, partId, reject }) => [sequence, partId, reject])).toEqual([1, 2, 3].map((n) => [n, n, true]));
  });
});
