/** `npm run test:faults` and `test:durability`: sets up what is missing, then runs the suite that the first argument names. */
import { join } from 'node:path';
import { runOnPinnedNode } from './setup/launch.mjs';
import { root, setUpOrExit } from './setup/setUp.mjs';

await setUpOrExit({ forTests: true });
process.exitCode = await runOnPinnedNode(root, [join(root, 'test', 'faults', 'main.ts'), ...process.argv.slice(2)]);
