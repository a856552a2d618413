import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadRecipe, loadStation } from '../config/load.ts';
import { openLog } from '../base/log.ts';
import { openNotifier } from '../supervisor/notify.ts';
import { openStation } from '../supervisor/station.ts';
import { listenForEnd, stoppingText } from './asked.ts';

const say = (what: string): void => void process.stderr.write(`${what}\n`);

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
      const asked = listenForEnd();
      const notifier = openNotifier(process.env['NOTIFY_SOCKET'], openLog('supervisor'));
      const running = openStation(stationFile, notifier);
      asked.atOnceBy(running.kill);
      const isSettled = await Promise.race([running.settled.then(() => true), asked.once.then(() => false)]);
      if (isSettled) say(`Station ${station.station} runs. Screen: http://${station.api.host}:${station.api.port}`);
      await asked.once;
      say(stoppingText);
      await running.stop();
      await notifier.close();
      process.exit();
    });
};
