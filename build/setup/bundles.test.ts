import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashOf } from './bundles.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linegate-sources-'));
  mkdirSync(join(folder, 'renderer', 'parts'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'main.tsx'), 'one');
  writeFileSync(join(folder, 'renderer', 'parts', 'clock.tsx'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('stays the same while nothing changes, and passes over what is not there', () => {
  expect(hashOf(folder, ['renderer'])).toBe(hashOf(folder, ['renderer', 'electron/shell']));
});
it('changes with the contents, the name and the number of files', () => {
  const seen = new Set([hashOf(folder, ['renderer'])]);
  writeFileSync(join(folder, 'renderer', 'parts', 'clock.tsx'), 'three');
  seen.add(hashOf(folder, ['renderer']));
  writeFileSync(join(folder, 'renderer', 'parts', 'more.tsx'), '');
  seen.add(hashOf(folder, ['renderer']));
  rmSync(join(folder, 'renderer', 'main.tsx'));
  seen.add(hashOf(folder, ['renderer']));
  expect(seen.size).toBe(4);
});
