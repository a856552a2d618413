import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Names under which this station may be called besides its addresses. */
const ownNames = (): string[] => ['localhost', hostname().toLowerCase(), `${hostname().toLowerCase()}.local`];

/**
 * Whether a Host header names this station. A foreign name that resolves to us is DNS rebinding: a page of the internet
 * that reads the operator's API. An address cannot be rebound.
 */
export const isOwnHost = (host: string | undefined, names: readonly string[] = ownNames()): boolean => {
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.exec(host ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || names.includes(name);
};

/**
 * Whether a request comes from our own page. A program (the CLI, curl) sends no Origin; a browser always does where it
 * matters, for WebSockets above all, which know no same-origin rule of their own.
 */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean =>
  origin === undefined || (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase() && /^https?:/.test(origin));

/**
 * Headers of every answer: nothing inline, nothing from elsewhere.
 *
 * @param host The Host header, checked by {@link isOwnHost}: `'self'` does not cover WebSockets in every browser.
 */
export const securityHeaders = (host: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
});
