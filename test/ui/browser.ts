import { existsSync } from 'node:fs';

/** The browser of this machine that the tests of the screen drive, or `null`: then they are skipped and say why. */
export const installedBrowser: string | null =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? null;
