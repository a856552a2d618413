/**
 * `npm test`: sets up what is missing, then makes the checks and runs every test. Its last line counts them all, and the exit
 * code is 0 only when none failed. With arguments (`npm test -- electron/line`) only vitest runs, with these.
 */
import { added, summaryLine } from './test/counts.mjs';
import { runVitest } from './test/vitest.mjs';
import { root, setUpOrExit } from './setup/setUp.mjs';

await setUpOrExit({ forTests: true });
const args = process.argv.slice(2);

/** @returns {Promise<import('./test/counts.mjs').Counts>} */
const everything = async () => {
  const { runChecks } = await import('./check/runChecks.mjs');
  process.stdout.write('Checks\n');
  const checks = await runChecks(root);
  const tests = runVitest(root, []);
  process.stdout.write(`Checks: ${checks.passed} passed, ${checks.failed} failed. Tests: ${summaryLine(tests)}. Together:\n`);
  return added({ ...checks, skipped: 0 }, tests);
};

const counts = args.length > 0 ? runVitest(root, args) : await everything();
process.stdout.write(`${summaryLine(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
