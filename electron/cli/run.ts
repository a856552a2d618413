import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadRecipe, loadStation } from '../config/load.ts';
import { startStation } from '../supervisor/station.ts';

/** `linegate run`: a station without a window. */
export const runCommand = (program: Command): void => {
  program
    .command('run')
    .description('run a station; the screen is served to a browser or the kiosk')
    .requiredOption('--station <file>', 'station file')
    .action(async ({ station: file }: { station: string }) => {
      const stationFile = resolve(file);
      const station = loadStation(stationFile);
      // A wrong recipe is said once and at once, not by a process that fails again and again.
      for (const lane of station.lane) loadRecipe(lane.recipe);
      const running = await startStation(stationFile);
      process.stderr.write(`Station ${station.station} runs. Screen: http://${station.api.host}:${station.api.port}\n`);
      await untilAsked();
      process.stderr.write('Stopping …\n');
      await running.stop();
    });
};

/** Resolves when a person or the system wants the program to end. */
export const untilAsked = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
