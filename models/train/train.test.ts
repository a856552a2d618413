import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));
const python = process.env['LINEGATE_PYTHON'] ?? 'python3';
const needed = ['cv2', 'matplotlib', 'onnx', 'onnxruntime', 'onnxscript', 'pytest', 'timm', 'torch', 'tqdm'];

/** Why the tool chain cannot be tested here, or `null`. Finding a module does not load it. */
const whyNot = (): string | null => {
  const code = `import importlib.util as u; print(*[m for m in ${JSON.stringify(needed)} if u.find_spec(m) is None])`;
  const found = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  if (found.error !== undefined || found.status !== 0) return `${python} does not run here`;
  const missing = found.stdout.trim();
  return missing === '' ? null : `${python} has no ${missing.split(' ').join(', ')}`;
};

describe('the Python tool chain in models/train', () => {
  const why = whyNot();
  if (why !== null)
    console.warn(`models/train is NOT tested: ${why}. Install models/train/requirements.txt or set LINEGATE_PYTHON.`);
  it.skipIf(why !== null)(
    why === null ? 'passes its own tests' : `is not tested: ${why}`,
    () => {
      const run = spawnSync(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests'], { cwd: here, encoding: 'utf8' });
      expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0);
    },
    600_000,
  );
});
