import { Command } from 'commander';
import { PersonError } from '../base/errors.ts';
import { backupCommand } from './backup.ts';
import { benchCommand } from './bench.ts';
import { certificateCommand } from './certificate.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { modelCommand } from './model.ts';
import { plcCommand } from './plc.ts';
import { replayCommand } from './replay.ts';
import { restoreCommand } from './restore.ts';
import { runCommand } from './run.ts';
import { simCommand } from './sim.ts';

const program = new Command('linegate').description('Visual inspection of every part on a production line.');
for (const add of [
  runCommand,
  simCommand,
  demoCommand,
  replayCommand,
  benchCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  modelCommand,
  plcCommand,
  certificateCommand,
  doctorCommand,
])
  add(program);

// A reader that has seen enough, as `head`, is no fault of ours.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof PersonError)) throw error;
  process.stderr.write(`${error.message}\n${error.whatToDo}\n`);
  // At once: what has been started already ends with us, and must not keep us.
  process.exit(1);
});
