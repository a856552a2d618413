import { expect, it } from 'vitest';
import { undocumented } from './documented.mjs';

it('names exported functions without TSDoc, and only those', () => {
  const text = [
    '/** Said. */',
    'export const told = (): number => 1;',
    '// Not TSDoc.',
    'export const untold = (): number => 2;',
    'export function alsoUntold() {}',
    'export const figure = 3;',
    'const inner = (): number => 4;',
    'export interface Shape { inner: typeof inner }',
  ].join('\n');
  expect(undocumented('electron/base/x.ts', text)).toEqual(['electron/base/x.ts:4 untold', 'electron/base/x.ts:5 alsoUntold']);
});
