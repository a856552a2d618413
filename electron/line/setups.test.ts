import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PersonError } from '../base/errors.ts';
import { loadSetups } from './setups.ts';

const folder = mkdtempSync(join(tmpdir(), 'linegate-'));
const model = fileURLToPath(new URL('../../models/reference', import.meta.url));
const recipe = (name: string, number: number, mode: string): string => {
  const file = join(folder, `${name}.toml`);
  const head = [`format = 2`, `name = "${name}"`, `number = ${number}`, `product = "Any"`, `model = "${model}"`];
  const gate = ['[gate]', 'distanceCounts = 4000', 'actuatorMs = 20', '[tracking]', `mode = "${mode}"`];
  writeFileSync(file, [...head, ...gate].join('\n'));
  return file;
};
const triggered = recipe('triggered', 1, 'triggered');
const free = recipe('free', 2, 'free-running');

describe('recipes for a gate', () => {
  it('are those beside the one of the station file, by number', () => {
    const setups = loadSetups(triggered, { tags: {} });
    expect(setups.first.recipe.name).toBe('triggered');
    expect(setups.numbered(2)).toMatchObject({ recipe: { name: 'free' } });
    expect(setups.numbered(3)).toBeNull();
  });

  it('are refused for a camera that runs freely where the PLC could not tell which part is meant', () => {
    const lacking = { tags: { ResultGateEncoder: false } } as const;
    expect(() => loadSetups(free, lacking)).toThrow(/no tag ResultGateEncoder/);
    expect(loadSetups(triggered, lacking).numbered(2)).toBeInstanceOf(PersonError);
  });
});
