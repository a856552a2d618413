/**
 * Sets up what is missing in a clone of Linegate, with nothing but Node 20 and npm: packages, the pinned Node, OpenCV, its
 * binding, the screen. What is there already is left alone, so that a second start is immediate.
 *
 *   node build/setup.mjs               what `npm start` needs
 *   node build/setup.mjs --for-tests   and what only `npm test` needs
 */
import { secondsText } from './setup/progress.mjs';
import { setUpOrExit } from './setup/setUp.mjs';

const began = performance.now();
const worked = await setUpOrExit({ forTests: process.argv.includes('--for-tests') });
process.stderr.write(
  `${worked ? 'Linegate is set up' : 'Everything is in place'} (${secondsText(performance.now() - began)}).\n`,
);
