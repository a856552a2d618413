/** `npm start`: sets up what is missing, then runs the demo line. What stands after `--` goes to `linegate demo`. */
import { join } from 'node:path';
import { runOnPinnedNode } from './setup/launch.mjs';
import { root, setUpOrExit } from './setup/setUp.mjs';

await setUpOrExit();
process.exitCode = await runOnPinnedNode(root, [join(root, 'electron', 'cli', 'main.ts'), 'demo', ...process.argv.slice(2)]);
