import { join } from 'node:path';
import type { ClientSession } from 'node-opcua-client';
import { keepOpcuaSession, type OpcuaHandlers } from '../../base/opcuaClient.ts';
import { readNamespaces } from '../../base/opcuaNode.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { WriteCommand } from './commands.ts';
import { openEcho } from './echo.ts';
import { checkTags } from './examine.ts';
import { type OwnTags, openOwnTags } from './ownTags.ts';
import { type PlcNews, subscribe } from './subscription.ts';
import { tagMapOf } from './tags.ts';
import { awaitsEcho, writesCommands } from './writeCommand.ts';

/** What can be said to the PLC while one session stands. */
export interface LivePlc extends OwnTags {
  write: WriteCommand;
}

export interface LivePlcHandlers extends Omit<OpcuaHandlers, 'use'> {
  /** Who hears what the PLC tells from now on. */
  newSession(): PlcNews;
  /** The session stands until `lost` aborts or the promise ends. */
  use(plc: LivePlc, lost: AbortSignal): Promise<void>;
}

/** Thirty heartbeats, and longer than we hold on to a PLC that shows no life. */
const sessionTimeoutMs = 3000;

/** Keeps a session with the PLC until `signal` aborts; our PKI folder is `line` in the station's. */
export const keepPlcSession = (config: PlcConfig, pki: string, handlers: OpcuaHandlers, signal: AbortSignal): Promise<void> =>
  keepOpcuaSession(
    {
      ...{ peer: 'PLC', pki: join(pki, 'line'), firstWaitMs: 50, mostWaitMs: 100, sessionTimeoutMs, isOftenSilent: false },
      ...config,
    },
    handlers,
    signal,
  );

/** Keeps a checked and subscribed session with the PLC until `signal` aborts. */
export const keepLivePlc = async (
  config: PlcConfig,
  pki: string,
  { newSession, use, ...others }: LivePlcHandlers,
  signal: AbortSignal,
): Promise<void> => {
  const useSession = async (session: ClientSession, lost: AbortSignal): Promise<void> => {
    const namespaces = await readNamespaces(session);
    const map = tagMapOf(config, namespaces);
    await checkTags(session, map, namespaces, config.endpoint);
    const echo = openEcho();
    await subscribe(session, map, config, { ...newSession(), onEcho: echo.hear });
    const write = writesCommands(session, map);
    await use({ write: config.answers === 'echo' ? awaitsEcho(map, write, echo) : write, ...openOwnTags(session, map) }, lost);
  };
  await keepPlcSession(config, pki, { ...others, use: useSession }, signal);
};
