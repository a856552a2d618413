import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Fault } from '../../faults/fault.ts';
import { aStation, startRecords } from '../station.ts';

const tooOld = '3.51.2';

/** The library of this machine, with an older version written into it; and a hook that loads it in place of the true one. */
const anOldLibrary = (folder: string): { library: string; hook: string } => {
  const require = createRequire(import.meta.url);
  const Database = require('better-sqlite3') as new (file: string) => { prepare(sql: string): { pluck(): { get(): string } } };
  const version = new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get();
  const packageFolder = dirname(require.resolve('better-sqlite3/package.json'));
  const from = Object.keys(require.cache).find((file) => file.endsWith('.node') && file.startsWith(packageFolder));
  if (from === undefined) throw new Error('the SQLite library is not where it is looked for');
  const library = join(folder, 'old-sqlite.node');
  copyFileSync(from, library);
  const bytes = readFileSync(library);
  for (let at = bytes.indexOf(version); at >= 0; at = bytes.indexOf(version, at + 1)) bytes.write(tooOld, at);
  writeFileSync(library, bytes);
  const hook = join(folder, 'hook.mjs');
  writeFileSync(
    hook,
    `const load = process.dlopen;
process.dlopen = (module, file, ...rest) => load.call(process, module, file.includes('sqlite') ? ${JSON.stringify(library)} : file, ...rest);`,
  );
  return { library, hook };
};

/** Starts the real process with a SQLite that may lose records. */
export const fault: Fault = {
  numbers: [49],
  name: 'SQLite too old',
  toPass: 'refuses to start: exit code 1 and a text that says what to do',
  quick: true,
  async run() {
    using station = aStation(18_749);
    const { hook } = anOldLibrary(station.folder);
    const records = startRecords(station, { nodeArgs: ['--import', hook] });
    const [code] = (await records.exited) as [number | null];
    const said = records.said().trim();
    return {
      happened: `It ended with ${code} and said: ${said}`,
      measured: { exitCode: code ?? -1 },
      passed: code === 1 && said.includes(tooOld) && said.includes('Install'),
    };
  },
};
