import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countPytest, none } from './counts.mjs';

const modules = ['pytest', 'numpy', 'onnx', 'onnxruntime', 'torch'];

/**
 * The Python that can run the tests of models/train, or null: a virtual environment there, `LINEGATE_PYTHON`, or the system's.
 * @param {string} folder
 */
const findPython = (folder) =>
  [process.env['LINEGATE_PYTHON'] ?? '', join(folder, '.venv', 'bin', 'python'), 'python3'].find(
    (python) => python !== '' && spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0,
  ) ?? null;

/**
 * Runs the tests of the Python tool chain where its requirements are installed, and says so where they are not.
 * @param {string} root
 * @returns {import('./counts.mjs').Counts}
 */
export const runPytest = (root) => {
  const folder = join(root, 'models', 'train');
  if (!existsSync(join(folder, 'tests'))) return none;
  const python = findPython(folder);
  if (python === null) {
    process.stdout.write(
      `Tests of models/train skipped (counted as one): no Python here has ${modules.join(', ')}. See models/train/README.md.\n`,
    );
    return { ...none, skipped: 1 };
  }
  const ended = spawnSync(python, ['-m', 'pytest', '-q', 'tests'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(ended.stdout);
  return countPytest(ended.stdout, ended.status === 0);
};
