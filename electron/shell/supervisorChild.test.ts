import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSupervisor, type SupervisorChild } from './supervisorChild.ts';

let folder = '';
let started: SupervisorChild | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linegate-shell-'));
});
afterEach(async () => {
  await started?.stop();
  rmSync(folder, { recursive: true });
});

/** A program in the supervisor's place that writes down how it was called and ended. */
const program = (body: string): { node: string; cli: string } => {
  const cli = join(folder, 'cli.mjs');
  writeFileSync(
    cli,
    `import { appendFileSync } from 'node:fs';\nconst say = (t) => appendFileSync(${JSON.stringify(join(folder, 'said'))}, t + '\\n');\n${body}`,
  );
  return { node: process.execPath, cli };
};
const said = (): string => (existsSync(join(folder, 'said')) ? readFileSync(join(folder, 'said'), 'utf8') : '');
const untilSaid = (what: string) => vi.waitFor(() => expect(said()).toContain(what), { timeout: 10_000 });

describe('the supervisor that the shell starts', () => {
  it('runs the station and is asked to end, not killed', async () => {
    const install = program(
      `say(process.argv.slice(2).join(' ')); process.on('SIGTERM', () => { say('ended well'); process.exit(0); }); setInterval(() => {}, 1000);`,
    );
    started = startSupervisor(install, '/s.toml', () => undefined);
    await untilSaid('run --station /s.toml');
    await started.stop();
    expect(said()).toContain('ended well');
  });

  it('is started again when it ends by itself', async () => {
    const install = program(`say('started'); process.exit(3);`);
    let ended = 0;
    started = startSupervisor(install, '/s.toml', () => {
      ended += 1;
    });
    await untilSaid('started\nstarted');
    expect(ended).toBeGreaterThan(0);
  });
});
