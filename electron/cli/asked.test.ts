import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

/** Does what the demo does first, which brings in a library that ends processes; waits to be asked and says so. */
const program = `
  const { listenForEnd } = await import('./electron/cli/asked.ts');
  const running = setInterval(() => {}, 1000);
  const asked = listenForEnd();
  const { provisionDemo } = await import('./electron/sim/provision.ts');
  await provisionDemo(process.argv[1]);
  console.log('ready');
  await asked.once;
  setTimeout(() => { console.log('in good order'); clearInterval(running); process.exit(); }, 200);
`;

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'what is asked to end by %s does so by itself, whatever its libraries do',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'linegate-asked-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, folder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const said: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.push(text);
      if (text.includes('ready')) child.kill(signal);
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    expect([code, said.join('')]).toEqual([0, 'ready\nin good order\n']);
  },
);
