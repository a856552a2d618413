import { expect, it } from 'vitest';
import { undocumented } from './documented.mjs';

it('names exported functions that take something and have no TSDoc, and only those', () => {
  const text = [
    '/** Said. */',
    'export const told = (n: number): number => n;',
    '// Not TSDoc.',
    'export const untold = (n: number): number => n;',
    'export function alsoUntold(n: number) {}',
    'export const figure = 3;',
    'export const emptyList = (): number[] => [];',
    'const inner = (n: number): number => n;',
    'export interface Shape { inner: typeof inner }',
  ].join('\n');
  expect(undocumented('electron/base/x.ts', text)).toEqual(['electron/base/x.ts:4 untold', 'electron/base/x.ts:5 alsoUntold']);
});
