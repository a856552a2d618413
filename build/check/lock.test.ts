import { describe, expect, it } from 'vitest';
import { lockProblems } from './lock.mjs';

const manifest = { dependencies: { biome: '^2.0.0' } };
const root = { dependencies: { biome: '^2.0.0' } };
const biome = { version: '2.6.8', optionalDependencies: { 'biome-linux': '2.6.8' } };
const linux = { version: '2.6.8' };

describe('lockProblems', () => {
  it('accepts a complete lock, wherever npm put the packages', () => {
    expect(
      lockProblems(manifest, { packages: { '': root, 'node_modules/biome': biome, 'node_modules/biome-linux': linux } }),
    ).toEqual([]);
    expect(
      lockProblems(manifest, {
        packages: { '': root, 'node_modules/biome': biome, 'node_modules/biome/node_modules/biome-linux': linux },
      }),
    ).toEqual([]);
  });
  it('finds a package for another platform that was left out', () => {
    expect(lockProblems(manifest, { packages: { '': root, 'node_modules/biome': biome } })).toEqual([
      'package-lock.json leaves out biome-linux, which node_modules/biome lists as optional.',
    ]);
  });
  it('finds where package.json and the lock differ, either way', () => {
    expect(lockProblems({}, { packages: { '': root } })).toEqual(['package.json and package-lock.json differ in biome.']);
    expect(lockProblems(manifest, { packages: { '': {} } })).toEqual(['package.json and package-lock.json differ in biome.']);
  });
  it('finds an address that only one network can reach', () => {
    const from = (resolved: string) => lockProblems({}, { packages: { 'node_modules/a': { version: '1.0.0', resolved } } });
    expect(from('https://registry.npmjs.org/a/-/a-1.0.0.tgz')).toEqual([]);
    expect(from('https://npm.example.test/a-1.0.0.tgz')).toEqual([
      'package-lock.json takes node_modules/a from https://npm.example.test/a-1.0.0.tgz.',
    ]);
  });
});
