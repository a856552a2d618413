import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadRecipe, loadStation } from '../config/load.ts';
import { openLog } from '../base/log.ts';
import { openNotifier } from '../supervisor/notify.ts';
import { openStation } from '../supervisor/station.ts';

/** As a shell tells the end by Ctrl-C. */
const forcedExitCode = 130;
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
      const asked = untilAsked();
      const notifier = openNotifier(process.env['NOTIFY_SOCKET'], openLog('supervisor'));
      const running = openStation(stationFile, notifier);
      const isSettled = await Promise.race([running.settled.then(() => true), asked.then(() => false)]);
      if (isSettled) say(`Station ${station.station} runs. Screen: http://${station.api.host}:${station.api.port}`);
      await asked;
      sayStopping(running.kill);
      await running.stop();
      await notifier.close();
      process.exit();
    });
};

/**
 * Resolves when a person or the system wants the program to end. We go on listening: libraries that clean up at a signal
 * (signal-exit, below node-opcua) end the process as soon as they are the only ones that do.
 */
export const untilAsked = (): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });

/** Says that it ends in good order; who asks once more has it end at once, by `kill`. */
export const sayStopping = (kill: () => void): void => {
  say('Stopping … (Ctrl-C once more ends it at once)');
  void untilAsked().then(() => {
    kill();
    process.exit(forcedExitCode);
  });
};
