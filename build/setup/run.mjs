import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A failed program explains itself in its first lines (npm, a compiler) or in its last ones (apt). */
const keptFirst = 15;
const keptLast = 25;

/** A program that ended with an error; `said` is what it printed. */
export class RunError extends Error {
  /**
   * @param {string} command
   * @param {string} how
   * @param {string} said
   */
  constructor(command, how, said) {
    super(`${command} ${how}.\n${said}`);
    this.name = 'RunError';
    this.said = said;
  }
}

/**
 * @param {readonly string[]} lines
 * @returns {string}
 */
export const firstAndLast = (lines) =>
  lines.length <= keptFirst + keptLast
    ? lines.join('\n')
    : [...lines.slice(0, keptFirst), '…', ...lines.slice(-keptLast)].join('\n');

/**
 * Runs a program to its end, without a shell, and gives each line it prints to `onLine`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => unknown, whole?: boolean }} [options] `onLine` returns
 *   true for a line that is of no use in an error; `whole`: an error repeats everything else
 * @returns {Promise<void>} rejects with {@link RunError} when the program cannot be started or does not exit with 0
 */
export const run = (command, args, { cwd, env, onLine, whole = false } = {}) =>
  new Promise((resolve, reject) => {
    /** @type {string[]} */
    const lines = [];
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (onLine?.(line) !== true) lines.push(line);
      });
    }
    const end = () => child.kill();
    process.once('exit', end);
    child.on('error', (error) => reject(new RunError(command, `cannot be started (${error.message})`, '')));
    child.on('close', (code, signal) => {
      process.off('exit', end);
      if (code === 0) return resolve();
      const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      reject(new RunError(command, how, whole ? lines.join('\n') : firstAndLast(lines)));
    });
  });
