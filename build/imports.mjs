/**
 * Who may import whom. `npm run check` compares every import statement with these two tables and prints what is allowed.
 * A folder may always import from itself. To change a rule, change it here and say why.
 */

/**
 * `may`: folders whose files may be imported. `types`: folders that may be imported with `import type` as well.
 * `node: false`: runs in a browser too, so nothing of Node. `*` stands for one folder name. The longest match counts.
 * @typedef {{ folder: string, may: readonly string[], types?: readonly string[], node?: boolean }} FolderRule
 */

/** What every process stands on. */
const ground = ['electron/base', 'electron/config', 'electron/contract'];

/** @type {readonly FolderRule[]} */
export const folders = [
  { folder: 'electron/base', may: [] },
  { folder: 'electron/contract', may: [], node: false },
  { folder: 'electron/config', may: ['electron/base', 'electron/contract'] },
  // `line` starts its `vision` children; this file says with what.
  { folder: 'electron/line', may: [...ground, 'electron/vision/options.ts'] },
  { folder: 'electron/vision', may: ground },
  { folder: 'electron/opcua', may: ground },
  { folder: 'electron/supervisor', may: ground },
  { folder: 'electron/sim', may: ground },
  { folder: 'electron/shell', may: ground },
  { folder: 'electron/records', may: ground },
  // A keeper gets the others from its composition root, records/main.ts; it only knows their shapes.
  { folder: 'electron/records/*', may: ground, types: ['electron/records'] },
  { folder: 'electron/cli', may: ['electron'] },
  { folder: 'renderer', may: ['electron/contract'], node: false },
  { folder: 'test', may: ['build', 'electron', 'models', 'renderer'] },
  { folder: 'models', may: ['electron'] },
  { folder: 'build', may: [] },
];

const everywhere = ['electron', 'renderer', 'test', 'models', 'build'];

/**
 * Package → files and folders that may load it; `import type` costs nothing at run time and is free within `electron`.
 * A large library has one door per process.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const packages = {
  '@fastify/static': ['electron/records/api'],
  '@fastify/websocket': ['electron/records/api'],
  '@trpc/client': ['renderer', 'electron/cli', 'test'],
  '@trpc/server': ['electron/contract', 'electron/records/api'],
  '@u4/opencv4nodejs': ['electron/vision/opencv.ts'],
  'better-sqlite3': ['electron/records/store'],
  // The simulated camera is a command of its own, and so is what draws the pictures that models/train learns from.
  'cli-progress': ['electron/cli', 'electron/sim/camera'],
  commander: ['electron/cli', 'electron/sim/camera'],
  electron: ['electron/shell'],
  fastify: ['electron/records/api'],
  'node-opcua': ['electron/base/opcuaServer.ts', 'electron/sim', 'electron/opcua'],
  // Half the time to load and half the memory of the whole.
  'node-opcua-certificate-manager': ['electron/base/opcuaPki.ts', 'electron/base/opcuaOwn.ts'],
  // Mended by one file, see there.
  'node-opcua-packet-assembler': ['electron/base/opcuaGuard.ts', 'electron/base/opcuaGuard.test.ts'],
  'node-opcua-client': ['electron/base', 'electron/line/plc', 'electron/records/mes'],
  'node-opcua-crypto': ['electron/base'],
  'onnxruntime-node': ['electron/vision/session.ts'],
  pino: ['electron/base/log.ts'],
  'smol-toml': ['electron/config', 'electron/cli'],
  ws: ['electron/records/api', 'electron/cli', 'test'],
  zod: ['electron/config', 'electron/contract', 'electron/records'],

  '@fontsource-variable/inter': ['renderer'],
  '@tabler/icons-react': ['renderer'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  uplot: ['renderer'],
  zustand: ['renderer'],

  '@vitejs/plugin-react': ['build'],
  'electron-builder': ['build'],
  'oxc-parser': ['build'],
  vite: ['build'],
  'fast-check': everywhere,
  'axe-core': ['test'],
  'playwright-core': ['test'],
  vitest: everywhere,
};

/** Packages that only tests (`*.test.ts` and the folder test/) may load. */
export const testPackages = ['axe-core', 'fast-check', 'playwright-core', 'vitest'];
