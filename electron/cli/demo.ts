import { resolve } from 'node:path';
import type { Command } from 'commander';
import { knob, whole } from '../sim/camera/options.ts';
import { startFactory } from '../sim/factory.ts';
import { openStation } from '../supervisor/station.ts';
import { writeDemoStation } from './demoStation.ts';
import { factoryPorts, freePort } from './freePort.ts';
import { freeRunningLine } from './freeRunning.ts';
import { lanesOf } from './lanes.ts';
import { openKiosk } from './kiosk.ts';
import { listenForEnd, stoppingText } from './asked.ts';

interface Options {
  data: string;
  rate: number;
  seed: number;
  defects: number;
  port: number;
  lanes: string;
  freeRunning?: string;
  window: boolean;
}

const say = (what: string): void => void process.stderr.write(`${what}\n`);

/** `linegate demo`, what `npm start` runs: the simulated factory, a real station, and the operator's screen. */
export const demoCommand = (program: Command): void => {
  program
    .command('demo')
    .description('run the demo line: simulated conveyor camera, PLC and MES, the real rest, and the screen')
    .option('--data <folder>', 'where the demo keeps its data', '.linegate/demo')
    .option('--rate <parts>', 'parts and frames a second', knob('rate'), 60)
    .option('--seed <number>', 'which parts come', whole(0, 2 ** 31), 1)
    .option('--defects <share>', 'share of defective parts', knob('defects'), 0.1)
    .option('--lanes <number>', 'lanes of the station, each with its own camera, PLC and gate', '1')
    .option('--free-running <fps>', 'a camera that fires itself, so many times a second; parts are found in its frames')
    .option('--port <number>', 'port of the screen', whole(1, 65535), 8600)
    .option('--no-window', 'open no kiosk window, even where one could be')
    .action(async ({ rate, seed, defects, ...options }: Options) => {
      // What an operator must know stands on the screen; the log is for those who ask for it.
      process.env['LINEGATE_LOG'] ??= 'error';
      const folder = resolve(options.data);
      const free = freeRunningLine(options.freeRunning === undefined ? null : Number(options.freeRunning));
      const asked = listenForEnd();
      const factory = await startFactory(
        {
          folder,
          ...(await factoryPorts(lanesOf(options.lanes), { camera: 5610, plc: 4850, mes: 4851 })),
          mesArgs: ['--orders', '2000'],
          cameraArgs: ['--rate', `${rate}`, '--seed', `${seed}`, '--defects', `${defects}`, ...free.cameraArgs],
          plcArgs: free.plcArgs,
        },
        say,
      );
      say('Station: camera, model, gate, records …');
      const apiPort = await freePort(options.port);
      const station = openStation(writeDemoStation(folder, factory, apiPort, free.recipe));
      asked.atOnceBy(() => {
        station.kill();
        factory.kill();
      });
      const isSettled = await Promise.race([station.settled.then(() => true), asked.once.then(() => false)]);
      const url = `http://127.0.0.1:${apiPort}`;
      const closeKiosk = isSettled && options.window ? openKiosk(url) : null;
      if (isSettled)
        say(`\nThe line runs. ${closeKiosk === null ? 'Open' : 'The kiosk window shows'} ${url}   (Ctrl-C stops it)\n`);
      await asked.once;
      say(stoppingText);
      closeKiosk?.();
      await station.stop();
      await factory.stop();
      process.exit();
    });
};
