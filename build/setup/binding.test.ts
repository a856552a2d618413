import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindingFile, bindingKey, installBinding, missingBinding, whyNotLoaded } from './binding.mjs';
import { pinnedFolder } from './node.mjs';
import { root } from './setUp.mjs';

const quiet = () => undefined;
const built = bindingFile(root);

// A clone with what the binding's key and place depend on; the binding that this clone was set up with stands for a built one.
let clone = '';
let builds = 0;
const compile = (_root: string, into: string): Promise<void> => {
  builds += 1;
  copyFileSync(built, into);
  return Promise.resolve();
};
const cached = () => join(clone, 'cache', 'linegate', `${bindingKey(clone)}.node`);

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'linegate-clone-'));
  process.env['XDG_CACHE_HOME'] = join(clone, 'cache');
  builds = 0;
  const packageFolder = join(clone, 'node_modules', '@u4', 'opencv4nodejs');
  mkdirSync(packageFolder, { recursive: true });
  copyFileSync(join(root, 'node_modules', '@u4', 'opencv4nodejs', 'package.json'), join(packageFolder, 'package.json'));
  symlinkSync(pinnedFolder(root), pinnedFolder(clone));
  cpSync(join(root, 'native'), join(clone, 'native'), { recursive: true });
});
afterEach(() => {
  delete process.env['XDG_CACHE_HOME'];
  rmSync(clone, { recursive: true, force: true });
});

describe('installBinding', () => {
  it('builds once, and takes the next one from the cache', async () => {
    expect(missingBinding(clone)).toBe('not there yet');
    await installBinding(clone, quiet, compile);
    expect(missingBinding(clone)).toBeNull();
    rmSync(join(clone, 'node_modules', '@u4', 'opencv4nodejs', 'build'), { recursive: true });
    await installBinding(clone, quiet, compile);
    expect(missingBinding(clone)).toBeNull();
    expect(builds).toBe(1);
  });

  it('builds again when the cache holds something that does not load, and leaves nothing else behind', async () => {
    mkdirSync(dirname(cached()), { recursive: true });
    writeFileSync(cached(), 'half a file');
    await installBinding(clone, quiet, compile);
    expect(builds).toBe(1);
    expect(whyNotLoaded(clone, bindingFile(clone))).toBeNull();
    expect(readdirSync(dirname(cached()))).toHaveLength(1);
  });

  it('refuses a build that does not load and keeps it nowhere', async () => {
    const broken = (_root: string, into: string): Promise<void> => Promise.resolve(writeFileSync(into, 'not a binding'));
    await expect(installBinding(clone, quiet, broken)).rejects.toThrow('does not load');
    expect(existsSync(cached())).toBe(false);
    expect(existsSync(bindingFile(clone))).toBe(false);
  });

  it('notices a binding that was changed after it had been put in place', async () => {
    await installBinding(clone, quiet, compile);
    writeFileSync(bindingFile(clone), 'overwritten');
    expect(missingBinding(clone)).toBe('changed');
  });
});

describe('bindingKey', () => {
  it('changes with the recipe, so that another build is made', () => {
    const before = bindingKey(clone);
    writeFileSync(join(clone, 'native', 'opencv', 'opencv2', 'opencv_modules.hpp'), '// other modules');
    expect(bindingKey(clone)).not.toBe(before);
  });
});
