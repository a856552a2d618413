import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClientSession,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  type UserIdentityInfo,
  UserTokenType,
} from 'node-opcua-client';
import { backoffMs } from './backoff.ts';
import { wallMs } from './clock.ts';
import { watchClock } from './clockStep.ts';
import { messageOf, PersonError } from './errors.ts';
import { rememberShown } from './opcuaCertificates.ts';
import { untimelyOwn, untimelyPeer } from './opcuaDates.ts';
import { guardAssemblers } from './opcuaGuard.ts';
import { type MissingCrl, openPki, type Pki } from './opcuaPki.ts';
import { refusal } from './opcuaRefusal.ts';

/** How a server is reached, and who we are to it. */
export interface OpcuaLogin {
  /** What the server is called before people: `PLC`, `MES`. */
  peer: string;
  endpoint: string;
  securityPolicy: keyof typeof SecurityPolicy;
  userName?: string | undefined;
  passwordFile?: string | undefined;
  /** Our application's PKI folder. */
  pki: string;
  missingCrl: MissingCrl;
  /** The wait before a new try, doubling from the first to the longest. */
  firstWaitMs: number;
  mostWaitMs: number;
  /**
   * After so long without a word the server may forget us. A cut connection leaves its session behind, and servers hold
   * but ten or twenty: as short as we surely speak, that a cable with a loose contact does not lock us out. // faults #27
   */
  sessionTimeoutMs: number;
  /** We may be silent for longer than that: the server is asked for its state now and then, and left when it does not answer. */
  isOftenSilent: boolean;
}

export interface OpcuaHandlers {
  /** A session is open. What it returns ends with the session: `lost` aborts when it is gone, returning gives it up. */
  use(session: ClientSession, lost: AbortSignal): Promise<void>;
  /** Not connected; tried again by itself. `refused`: reached, and turned away. */
  onAway(message: string, refused: boolean): void;
  /** The wall clock jumped by so much; the session is opened anew. */
  onClockStep?(byMs: number): void;
}

/** Who is turned away does not knock in a storm (faults #33). */
const refusedWaitMs = 5000;
/** A slow PLC takes a second or two for the keys; a silent one would hold node-opcua for a minute. // faults #34 */
const openPatienceMs = 5000;
const closePatienceMs = 1000;

/**
 * Keeps a session with an OPC UA server, encrypted and signed, until `signal` aborts.
 *
 * A break ends session and client; the next try starts from nothing. So nothing that was meant for the old session is
 * ever sent on the new one: node-opcua's own reconnecting would queue and replay it (faults #22).
 */
export const keepOpcuaSession = async (login: OpcuaLogin, handlers: OpcuaHandlers, signal: AbortSignal): Promise<void> => {
  let attempt = 0;
  while (!signal.aborted) {
    let waitMs = backoffMs(attempt++, login.firstWaitMs, login.mostWaitMs);
    try {
      await useOneSession(login, handlers, signal, () => {
        attempt = 0;
      });
    } catch (error) {
      const known = refusal(login, messageOf(error)) ?? (error instanceof PersonError ? error : null);
      if (known !== null) waitMs = refusedWaitMs;
      handlers.onAway(
        known === null ? `The ${login.peer} at ${login.endpoint} does not answer.` : `${known.message} ${known.whatToDo}`,
        known !== null,
      );
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
};

const useOneSession = async (
  login: OpcuaLogin,
  handlers: OpcuaHandlers,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> => {
  guardAssemblers();
  const pki = await openPki(login.pki, login.missingCrl);
  const client = OPCUAClient.create({
    applicationName: 'Linegate',
    applicationUri: pki.applicationUri,
    clientCertificateManager: pki.manager,
    certificateFile: pki.certificateFile,
    privateKeyFile: pki.privateKeyFile,
    securityMode: MessageSecurityMode.SignAndEncrypt,
    securityPolicy: SecurityPolicy[login.securityPolicy],
    endpointMustExist: false,
    keepSessionAlive: login.isOftenSilent,
    requestedSessionTimeout: login.sessionTimeoutMs,
    connectionStrategy: { maxRetry: 0 },
  });
  const lost = new AbortController();
  const lose = (): void => lost.abort();
  client.on('connection_lost', lose);
  client.on('close', lose);
  signal.addEventListener('abort', lose);
  const stopWatch = watchClock((byMs) => {
    handlers.onClockStep?.(byMs);
    lose();
  });
  try {
    const untimely = untimelyOwn(login, wallMs());
    if (untimely !== null) throw untimely;
    const identity = identityOf(login);
    // Not `createSession2`: it waits on its own when the server has no session free, and nobody hears why.
    const opening = client.connect(login.endpoint).then(() => client.createSession(identity));
    const session = await within(opening, openPatienceMs, lost.signal).finally(() => remember(login, pki));
    session.on('session_closed', lose);
    onOpen();
    await handlers.use(session, lost.signal);
  } finally {
    signal.removeEventListener('abort', lose);
    stopWatch();
    lose();
    // A peer that hangs must not hold us: what it has not closed by then closes behind us.
    await Promise.race([client.disconnect().catch(() => undefined), sleep(closePatienceMs, undefined, { ref: false })]);
    await pki.close();
  }
};

/** Keeps the server's certificate for who warns of its end. Throws {@link PersonError} when it is out of its time. */
const remember = (login: OpcuaLogin, pki: Pki): void => {
  const shown = pki.shown();
  if (shown === null) return;
  rememberShown(login.pki, login.endpoint, shown);
  const untimely = untimelyPeer(login, shown.raw, wallMs());
  if (untimely !== null) throw untimely;
};

/** What `work` becomes; rejects when it takes longer than `ms` or `signal` aborts. */
const within = async <T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> => {
  const done = new AbortController();
  const late = sleep(ms, undefined, { signal: AbortSignal.any([signal, done.signal]) }).then((): never => {
    throw new Error(`no answer within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
};

const identityOf = ({ userName, passwordFile, peer }: OpcuaLogin): UserIdentityInfo => {
  if (userName === undefined || passwordFile === undefined)
    throw new PersonError(
      `There is no user name or password for the ${peer}.`,
      'Set userName and passwordFile in the station file.',
    );
  try {
    return { type: UserTokenType.UserName, userName, password: readFileSync(passwordFile, 'utf8').trim() };
  } catch (cause) {
    throw new PersonError(`The password file ${passwordFile} cannot be read.`, 'Correct passwordFile in the station file.', {
      cause,
    });
  }
};
