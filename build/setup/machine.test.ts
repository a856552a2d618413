import { describe, expect, it } from 'vitest';
import { machineProblem } from './machine.mjs';

const good = { platform: 'linux', arch: 'x64', nodeVersion: '20.19.2', musl: false };

describe('machineProblem', () => {
  it.each([good, { ...good, arch: 'arm64' }, { ...good, nodeVersion: '24.21.0' }])('accepts %o', (machine) => {
    expect(machineProblem(machine)).toBeNull();
  });
  it.each([
    [{ ...good, platform: 'darwin' }, 'this is darwin'],
    [{ ...good, arch: 'ia32' }, 'this is ia32'],
    [{ ...good, musl: true }, 'musl'],
    [{ ...good, nodeVersion: '18.20.4' }, 'this is Node 18.20.4'],
  ])('refuses %o and says what it found', (machine, said) => {
    expect(machineProblem(machine)?.message).toContain(said);
    expect(machineProblem(machine)?.whatToDo).not.toBe('');
  });
});
