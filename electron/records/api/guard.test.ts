import { describe, expect, it } from 'vitest';
import { isOwnHost, isOwnOrigin, securityHeaders } from './guard.ts';

describe('the Host header', () => {
  const names = ['localhost', 'station-7'];
  it.each(['127.0.0.1:8600', 'localhost', 'LOCALHOST:1', 'station-7:8600', '[::1]:8600', '10.1.2.3'])('%s is ours', (host) => {
    expect(isOwnHost(host, names)).toBe(true);
  });
  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example:80',
    '127.0.0.1.evil.example',
    '127.0.0.1:8600/x',
    'a b',
    "localhost'",
  ])('%s is not', (host) => {
    expect(isOwnHost(host, names)).toBe(false);
  });
});

describe('the Origin header', () => {
  it.each([undefined, 'http://127.0.0.1:8600', 'https://127.0.0.1:8600'])('%s may ask', (origin) => {
    expect(isOwnOrigin(origin, '127.0.0.1:8600')).toBe(true);
  });
  it.each(['null', '', 'http://127.0.0.1:9000', 'http://localhost:8600', 'https://evil.example', 'file://127.0.0.1:8600'])(
    '%s may not',
    (origin) => {
      expect(isOwnOrigin(origin, '127.0.0.1:8600')).toBe(false);
    },
  );
});

describe('the content security policy', () => {
  it('lets no inline script run and talks to nobody else', () => {
    const policy = securityHeaders('127.0.0.1:8600')['content-security-policy']?.split('; ');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:8600 wss://127.0.0.1:8600");
    expect(policy).toContain("default-src 'none'");
  });
});
