import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linegateEnv, pinnedNode } from '../setup/node.mjs';
import { countVitest } from './counts.mjs';

/**
 * Runs vitest on the pinned Node, in this terminal.
 * @param {string} root
 * @param {readonly string[]} args what to run; nothing means everything
 * @returns {import('./counts.mjs').Counts}
 */
export const runVitest = (root, args) => {
  const folder = mkdtempSync(join(tmpdir(), 'linegate-test-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const options = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args];
    const ended = spawnSync(pinnedNode(root), [vitest, ...options], { cwd: root, env: linegateEnv(root), stdio: 'inherit' });
    return countVitest(existsSync(report) ? readFileSync(report, 'utf8') : null, ended.status === 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
