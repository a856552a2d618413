import { secondsText } from '../setup/progress.mjs';
import { checks } from './checks.mjs';

/** The checks that are programs use several threads themselves. */
const atATime = 2;

/**
 * Makes every check and prints one line for each on standard output, with what is wrong below it.
 * @param {string} root
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export const runChecks = async (root) => {
  const todo = [...checks];
  let failed = 0;
  const worker = async () => {
    for (let check = todo.shift(); check !== undefined; check = todo.shift()) {
      const began = performance.now();
      const problems = await check.find(root);
      if (problems.length > 0) failed += 1;
      const said = problems.map((problem) => `${problem.replaceAll(/^/gm, '    ')}\n`).join('');
      process.stdout.write(
        `  ${check.title}: ${problems.length > 0 ? 'failed' : 'ok'}  ${secondsText(performance.now() - began)}\n${said}`,
      );
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return { passed: checks.length - failed, failed };
};
