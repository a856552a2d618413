/** `npm run check`: types, lint, dead code, format, who imports whom, and that no file names this machine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/setUp.mjs';

if (!existsSync(join(root, 'node_modules', 'oxc-parser'))) {
  process.stderr.write('The packages are not installed here.\nRun: npm run setup\n');
  process.exit(1);
}
const { runChecks } = await import('./check/runChecks.mjs');
const { passed, failed } = await runChecks(root);
process.stdout.write(`${passed} checks passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
