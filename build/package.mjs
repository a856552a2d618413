/**
 * `npm run package`: puts the app together as a folder, dist/package/linux-unpacked, with its services and its Node.
 *
 *   npm run package                           electron-builder fetches Electron if it is not in its cache
 *   npm run package -- --electron FOLDER      takes the unpacked Electron in FOLDER: nothing is fetched
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { forPerson, SetupError } from './setup/error.mjs';
import { linegateEnv, pinnedNode } from './setup/node.mjs';
import { showProgress } from './setup/progress.mjs';
import { RunError, run } from './setup/run.mjs';
import { root, setUpOrExit } from './setup/setUp.mjs';

const output = join(root, 'dist', 'package');

/**
 * A folder that electron-builder can take for Electron, or what is wrong with it.
 * @param {string} folder
 */
const checkElectron = (folder) => {
  if (existsSync(join(folder, 'electron')) && existsSync(join(folder, 'resources'))) return;
  throw new SetupError(
    `There is no unpacked Electron in ${folder}.`,
    'Give the folder into which electron-v*-linux-*.zip was unpacked: the one with the file "electron" in it.',
  );
};

/**
 * What a person has to do when electron-builder fails.
 * @param {unknown} error
 */
const explain = (error) => {
  const lines = error instanceof RunError ? error.said.split('\n') : [];
  const why = lines.find((line) =>
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|response code|status code/i.test(line),
  );
  if (why === undefined) return error;
  const { version } = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  );
  return new SetupError(
    `Everything is built, but Electron ${version} is not here and could not be fetched:\n${why.trim()}`,
    `Get electron-v${version}-linux-${process.arch}.zip where there is a network, unpack it, and run: npm run package -- --electron FOLDER`,
    { cause: error },
  );
};

/** @param {string | undefined} electron */
const packageApp = async (electron) => {
  if (electron !== undefined) checkElectron(electron);
  rmSync(output, { recursive: true, force: true });
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  const where = electron === undefined ? [] : [`-c.electronDist=${electron}`];
  const args = [
    builder,
    '--linux',
    'dir',
    `--${process.arch}`,
    '--config',
    'build/electron-builder.yml',
    '--publish',
    'never',
    ...where,
  ];
  await showProgress('Package', async (report) => {
    await run(pinnedNode(root), args, {
      cwd: root,
      env: linegateEnv(root),
      onLine: (line) => report(null, /^\s*• (.{3,50}?)  /.exec(`${line}  `)?.[1] ?? ''),
    }).catch((error) => {
      throw explain(error);
    });
  });
};

/** @param {string} folder @returns {number} */
const bytesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

const { values } = parseArgs({ options: { electron: { type: 'string' } } });
await setUpOrExit();
try {
  await packageApp(values.electron === undefined ? undefined : resolve(values.electron));
  for (const name of readdirSync(output).filter((each) => each.endsWith('unpacked')))
    process.stderr.write(`dist/package/${name}: ${Math.round(bytesIn(join(output, name)) / 1e6)} MB\n`);
} catch (error) {
  process.stderr.write(`\n${forPerson(error)}\n`);
  process.exitCode = 1;
}
