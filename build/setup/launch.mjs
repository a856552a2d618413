import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { linegateEnv, pinnedNode } from './node.mjs';

/**
 * Runs a script on the pinned Node in this process's place: same terminal, same signals, same exit code.
 * @param {string} root the clone
 * @param {readonly string[]} args the script and what it is called with
 * @returns {Promise<number>} the exit code; 128 + number when a signal ended it, as a shell says it
 */
export const runOnPinnedNode = (root, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(root), args, { stdio: 'inherit', env: linegateEnv(root) });
    // Ctrl-C in a terminal reaches the child by itself: then we only wait for it.
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    };
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => pass(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
