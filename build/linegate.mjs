#!/usr/bin/env node
/** The `linegate` command in a clone: on the pinned Node whatever Node calls it, and set up first where that was not done yet. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bindingFile } from './setup/binding.mjs';
import { runOnPinnedNode } from './setup/launch.mjs';
import { hasPinnedNode, linegateEnv, runsOnPinnedNode } from './setup/node.mjs';
import { root, setUpOrExit } from './setup/setUp.mjs';

if (!hasPinnedNode(root) || !existsSync(bindingFile(root))) await setUpOrExit();
const main = join(root, 'electron', 'cli', 'main.ts');
if (runsOnPinnedNode(root)) {
  Object.assign(process.env, linegateEnv(root));
  await import(main);
} else {
  process.exitCode = await runOnPinnedNode(root, [main, ...process.argv.slice(2)]);
}
