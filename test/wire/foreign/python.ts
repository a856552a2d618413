import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The Python that has asyncua; `LINEGATE_FOREIGN_PYTHON` names another than `python3`. */
const asyncuaPython = process.env['LINEGATE_FOREIGN_PYTHON'] ?? 'python3';
/** The distribution's own: there are the packages that bind to the distribution's libraries. */
export const aravisPython = '/usr/bin/python3';

/** Why a test that needs what this Python says cannot run here; `null` when it can. */
const lacks = (python: string, says: string, what: string): string | null => {
  const { error, status } = spawnSync(python, ['-c', says]);
  if (error !== undefined) return `there is no ${python}`;
  return status === 0 ? null : `${python} has no ${what}`;
};

/** Why a test against asyncua cannot run here; `null` when it can. */
export const lacksAsyncua = (): string | null => lacks(asyncuaPython, 'import asyncua', 'asyncua');

/** The same for a test against Aravis's simulated camera. */
export const lacksAravis = (): string | null =>
  lacks(aravisPython, 'import gi; gi.require_version("Aravis", "0.8")', 'Aravis: install python3-gi and gir1.2-aravis-0.8');

/** A Python program beside this file that talks in lines of JSON. */
export interface PythonChild {
  say(message: unknown): void;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts it and resolves when it says `ready`; every other line is for `hear`. */
export const startPython = async (
  script: string,
  args: readonly string[],
  hear: (message: { type: string }) => void,
  python = asyncuaPython,
): Promise<PythonChild> => {
  const child = spawn(python, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', process.env['LINEGATE_FOREIGN_LOG'] === undefined ? 'ignore' : 'inherit'],
  });
  const gone = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const message = JSON.parse(line) as { type: string };
      if (message.type === 'ready') resolve();
      else hear(message);
    });
    void gone.then(() => reject(new Error(`${script} did not start`)));
  });
  return {
    say: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
  };
};
