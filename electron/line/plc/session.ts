import { join } from 'node:path';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { WriteCommand } from './commands.ts';
import { type OwnTags, openOwnTags } from './ownTags.ts';
import { type PlcNews, subscribe } from './subscription.ts';
import { checkTags, nodeIdsOf } from './tags.ts';
import { writesCommands } from './writeCommand.ts';

/** What can be said to the PLC while one session stands. */
export interface LivePlc extends OwnTags {
  write: WriteCommand;
}

export interface SessionHandlers {
  /** Who hears what the PLC tells from now on. */
  newSession(): PlcNews;
  /** The session stands until `lost` aborts or the promise ends. */
  use(plc: LivePlc, lost: AbortSignal): Promise<void>;
  onAway(message: string, refused: boolean): void;
  onClockStep(byMs: number): void;
}

/** Keeps a checked and subscribed session with the PLC until `signal` aborts; our PKI folder is `line` in the station's. */
export const keepPlcSession = async (
  config: PlcConfig,
  pki: string,
  handlers: SessionHandlers,
  signal: AbortSignal,
): Promise<void> => {
  const nodeIds = nodeIdsOf(config);
  await keepOpcuaSession(
    { peer: 'PLC', pki: join(pki, 'line'), firstWaitMs: 50, mostWaitMs: 100, ...config },
    {
      async use(session, lost) {
        await checkTags(session, nodeIds, config.endpoint);
        await subscribe(session, nodeIds, handlers.newSession());
        await handlers.use({ write: writesCommands(session, nodeIds), ...openOwnTags(session, nodeIds) }, lost);
      },
      onAway: handlers.onAway,
      onClockStep: handlers.onClockStep,
    },
    signal,
  );
};
