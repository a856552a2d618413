import { describe, expect, it } from 'vitest';
import { ourFile, packageOf, readImports } from './readImports.mjs';

const read = (text: string) => readImports('electron/line/lane.ts', text);

describe('readImports', () => {
  it.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import { type A } from './a.ts';", './a.ts', false],
    ["import './a.ts';", './a.ts', false],
    ["import * as all from 'pkg';", 'pkg', false],
    ["export * from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["const a = await import('./a.ts');", './a.ts', false],
    ["const require = createRequire(import.meta.url); require('./a.cjs');", './a.cjs', false],
  ])('%s', (text, from, typeOnly) => expect(read(text)).toEqual([{ from, typeOnly }]));

  it('finds nothing in comments, texts and exports of its own', () => {
    expect(read("// import { a } from './a.ts'\nconst s = \"import './b.ts'\";\nexport const c = s;")).toEqual([]);
  });
  it('refuses a file that cannot be read', () => {
    expect(() => read('import { from')).toThrow('electron/line/lane.ts cannot be read');
  });
});

it('tells our files from packages', () => {
  expect(ourFile('electron/line/lane.ts', '../contract/gate.ts')).toBe('electron/contract/gate.ts');
  expect(ourFile('electron/line/lane.ts', 'zod')).toBeNull();
  expect(packageOf('@trpc/server/adapters/ws')).toBe('@trpc/server');
  expect(packageOf('react-dom/client')).toBe('react-dom');
});
