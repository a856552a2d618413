import { createHash, timingSafeEqual } from 'node:crypto';
import {
  MessageSecurityMode,
  nodesets,
  OPCUAServer,
  RegisterServerMethod,
  resolveNodeId,
  SecurityPolicy,
  WellKnownRoles,
} from 'node-opcua';
import { openPki } from './opcuaPki.ts';

export interface OpcuaServerOptions {
  name: string;
  port: number;
  /** The server's PKI folder. */
  pki: string;
  userName: string;
  password: string;
  /** A user was turned away. */
  onRefused?(): void;
  /** Offer only what nobody may accept any more; for tests of those who must not. // faults #32 */
  outdated?: boolean;
}

const modes = [MessageSecurityMode.SignAndEncrypt];
const policies = [SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes128_Sha256_RsaOaep, SecurityPolicy.Aes256_Sha256_RsaPss];
/** Deprecated since OPC UA 1.04 (OPC 10000-7), and no security at all. */
const outdated = [SecurityPolicy.None, SecurityPolicy.Basic128Rsa15, SecurityPolicy.Basic256];

const mostSessions = 20;
/** Beyond these the oldest connection without a session goes for whoever comes, so hoarded ones lock nobody out. // faults #36 */
const mostConnections = 30;

/**
 * A server that speaks Basic256Sha256 or better, signed and encrypted, with user name and password, and nothing else;
 * on loopback only. Every change of a value can reach a subscriber. Built, with its address space, but not listening.
 */
export const buildOpcuaServer = async (options: OpcuaServerOptions): Promise<OPCUAServer> => {
  const pki = await openPki(options.pki);
  const server = new OPCUAServer({
    hostname: '127.0.0.1',
    host: '127.0.0.1',
    alternateHostname: ['localhost'],
    port: options.port,
    nodesets: [nodesets.standard],
    serverInfo: { applicationName: { text: options.name, locale: 'en' }, applicationUri: pki.applicationUri },
    serverCertificateManager: pki.manager,
    certificateFile: pki.certificateFile,
    privateKeyFile: pki.privateKeyFile,
    securityModes: options.outdated === true ? [MessageSecurityMode.None, ...modes] : modes,
    securityPolicies: options.outdated === true ? outdated : policies,
    allowAnonymous: false,
    userManager: {
      isValidUser(userName: string, password: string) {
        const isValid = same(userName, options.userName) && same(password, options.password);
        if (!isValid) options.onRefused?.();
        return isValid;
      },
    },
    registerServerMethod: RegisterServerMethod.HIDDEN,
    maxConnectionsPerEndpoint: mostConnections,
    // A sample rate of 0 lets exception-based items report every change instead of the last one of a window.
    serverCapabilities: { maxSessions: mostSessions, minSupportedSampleRate: 0 },
  });
  await server.initialize();
  // Known once and for all: node-opcua would parse the client's certificate and look the host's name up for every value written.
  const roles = [resolveNodeId(WellKnownRoles.AuthenticatedUser)];
  server.setRolePolicyOverride({ getUserRoles: () => roles });
  return server;
};

/** Compares in a time that does not tell how much was right. */
const same = (one: string, other: string): boolean => {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
};
