/**
 * Loaded into every process of a station before anything else (`NODE_OPTIONS=--import`): SIGUSR2 blocks its event loop for
 * ever, as an endless loop in any code would, and the file in `LINEGATE_BLOCKED` says since when (monotonic, milliseconds).
 * Nothing of the product knows of it.
 */
import { writeFileSync } from 'node:fs';

const file = process.env['LINEGATE_BLOCKED'];

if (file !== undefined)
  process.on('SIGUSR2', () => {
    writeFileSync(file, `${Number(process.hrtime.bigint()) / 1e6}`);
    for (;;);
  });
