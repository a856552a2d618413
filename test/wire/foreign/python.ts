import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The Python that has the foreign software; `LINEGATE_FOREIGN_PYTHON` names another than `python3`. */
const python = process.env['LINEGATE_FOREIGN_PYTHON'] ?? 'python3';

/** Why a test that needs these Python modules cannot run here; `null` when it can. */
export const lacksModules = (modules: string): string | null => {
  const { error, status } = spawnSync(python, ['-c', `import ${modules}`]);
  if (error !== undefined) return `there is no ${python}`;
  return status === 0 ? null : `${python} has no ${modules}`;
};

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
