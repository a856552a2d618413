import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const configuration = readFileSync(join(root, 'build/electron-builder.yml'), 'utf8');

/** The settings of one section of the file, comments left out. */
const section = (name: string): Record<string, string> => {
  const lines = configuration.split(`\n${name}:\n`)[1]?.split(/\n(?=\S)/)[0] ?? '';
  return Object.fromEntries(
    [...lines.matchAll(/^ {2}(\w+): (\S+)/gm)].map(([, key = '', value = '']): [string, string] => [key, value]),
  );
};

/** In the order of Electron's fuse wire. */
const fuses = {
  runAsNode: 'false',
  enableCookieEncryption: 'false',
  enableNodeOptionsEnvironmentVariable: 'false',
  enableNodeCliInspectArguments: 'false',
  enableEmbeddedAsarIntegrityValidation: 'false',
  onlyLoadAppFromAsar: 'true',
  loadBrowserProcessSpecificV8Snapshot: 'false',
  grantFileProtocolExtraPrivileges: 'false',
};

/** `@electron/fuses`: behind this mark stand version, length, and one character a fuse. */
const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const packages = join(root, 'dist/package');
const packaged = existsSync(packages) ? readdirSync(packages).filter((name) => name.endsWith('unpacked')) : [];

describe('the package', () => {
  it('sets exactly these fuses (faults #72)', () => expect(section('electronFuses')).toEqual(fuses));

  it('builds nothing for Electron: the services run on the pinned Node', () => {
    expect(configuration).toMatch(/^npmRebuild: false$/m);
    expect(configuration).toMatch(/to: node\/bin\/node$/m);
  });

  it.runIf(packaged.length > 0)('carries those fuses in its binary', () => {
    for (const name of packaged) {
      const binary = readFileSync(join(packages, name, 'linegate'));
      const at = binary.indexOf(mark) + mark.length;
      expect(at).toBeGreaterThan(mark.length);
      const wire = binary.subarray(at + 2, at + 2 + Object.keys(fuses).length).toString('latin1');
      expect(wire).toBe(
        Object.values(fuses)
          .map((on) => (on === 'true' ? '1' : '0'))
          .join(''),
      );
    }
  });

  it.runIf(packaged.length > 0)('carries the services, their Node and no test', () => {
    for (const name of packaged) {
      const resources = join(packages, name, 'resources');
      const wanted = [
        ...['app.asar', 'linegate', 'node/bin/node'],
        ...['app.asar.unpacked/electron/cli/main.ts', 'app.asar.unpacked/dist/renderer/index.html'],
      ];
      expect(wanted.filter((file) => !existsSync(join(resources, file)))).toEqual([]);
      const files = readdirSync(join(resources, 'app.asar.unpacked/electron'), { recursive: true }).map(String);
      expect(files.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
      expect(readdirSync(join(resources, 'app.asar.unpacked/node_modules/onnxruntime-node/bin/napi-v6'))).toEqual(['linux']);
    }
  });
});
