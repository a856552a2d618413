import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const unit = readFileSync(join(import.meta.dirname, 'linegate.service'), 'utf8');
const setting = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('service unit', () => {
  it.skipIf(!hasSystemd)('is one that systemd understands', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'linegate-unit-')), 'linegate.service');
    // What it starts is not installed here.
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const { stderr, status } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('notifies, is watched over, comes back, and protects its share of the processor', () => {
    expect(setting('Type')).toBe('notify');
    // The helper of supervisor/notify.ts is no main process.
    expect(setting('NotifyAccess')).toBe('all');
    expect(Number(setting('WatchdogSec'))).toBeGreaterThanOrEqual(2);
    expect(setting('Restart')).toBe('always');
    expect(Number(setting('CPUWeight'))).toBeGreaterThan(100);
    // supervisor/plan.ts gives a start 300 s.
    expect(Number(setting('TimeoutStartSec'))).toBeGreaterThan(300);
  });
});
