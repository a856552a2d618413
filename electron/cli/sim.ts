import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

const parts = { camera: 'conveyor with its camera', plc: 'PLC with the gate', mes: 'MES', proxy: 'cable with faults' } as const;

/** `linegate sim camera|plc|mes|proxy`: one simulator in the foreground; knobs are turned by lines on standard input. */
export const simCommand = (program: Command): void => {
  const sim = program.command('sim').description('run one simulator of the factory in a box; type "help" to it for its knobs');
  for (const [name, what] of Object.entries(parts))
    sim
      .command(name)
      .description(`the simulated ${what}; its options are explained in electron/sim/${name}/README.md`)
      .allowUnknownOption()
      .helpOption(false)
      .argument('[options...]')
      .action(async (options: string[]) => {
        const main = fileURLToPath(new URL(`../sim/${name}/main.ts`, import.meta.url));
        const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...options], { stdio: 'inherit' });
        process.exitCode = await new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
      });
};
