import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a failed program said last is what explains the failure. */
const keptLines = 40;

/** A program that ended with an error; `said` is the end of its output. */
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
 * Runs a program to its end, without a shell, and gives each line it prints to `onLine`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, keep?: number }} [options] `keep`: lines for the error
 * @returns {Promise<void>} rejects with {@link RunError} when the program cannot be started or does not exit with 0
 */
export const run = (command, args, { cwd, env, onLine, keep = keptLines } = {}) =>
  new Promise((resolve, reject) => {
    /** @type {string[]} */
    const lines = [];
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > keep) lines.shift();
        onLine?.(line);
      });
    }
    const end = () => child.kill();
    process.once('exit', end);
    child.on('error', (error) => reject(new RunError(command, `cannot be started (${error.message})`, '')));
    child.on('close', (code, signal) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else
        reject(
          new RunError(command, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`, lines.join('\n')),
        );
    });
  });
