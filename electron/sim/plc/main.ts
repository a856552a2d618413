import { forPerson } from '../../base/errors.ts';
import { type PlcMode, plcModes } from '../../contract/gate.ts';
import { priorities, takePriority } from '../../base/priority.ts';
import { numberOf, obey, onOff } from '../control.ts';
import { openController } from './controller.ts';
import { plcOptions } from './options.ts';

/** PROCESS simulated PLC: OPC UA server, shift register, gate. Its options are in the README beside it. */
const main = async (): Promise<void> => {
  const controller = await openController(plcOptions(process.argv.slice(2)));
  obey({
    knobs: {
      'answer-delay': {
        help: 'MS   how long a result waits for its answer',
        turn: (value) => controller.delayAnswers(numberOf(value)),
      },
      heartbeat: { help: 'on|off   whether the PLC shows that it lives', turn: (value) => controller.beat(onOff(value)) },
      local: {
        help: 'on|off   the switch of the machine: local or remote control',
        turn: (value) => controller.local(onOff(value)),
      },
      mode: { help: 'auto|bypass|challenge|simulation   the mode switch', turn: (value) => controller.mode(modeOf(value)) },
      mute: { help: '   the subscriptions of now tell nothing any more', turn: () => controller.mute() },
      recipe: {
        help: 'N   asks the vision system for the recipe with this number',
        turn: (value) => controller.wantRecipe(numberOf(value)),
      },
      reset: { help: '   resets the interlocks of the vision system', turn: () => controller.resetInterlocks() },
      run: { help: '   starts the belt that the fail-safe stopped', turn: () => controller.startBelt() },
    },
    figures: () => controller.figures(),
    reset: () => controller.reset(),
    stop: () => controller.close(),
  });
};

const modeOf = (value: string): PlcMode => {
  const mode = (Object.keys(plcModes) as PlcMode[]).find((each) => each === value);
  if (mode === undefined) throw new Error(`there is no mode "${value}"`);
  return mode;
};

// A real PLC has a processor of its own.
takePriority(priorities.gate);
main().catch((error: unknown) => {
  process.stderr.write(`${forPerson(error)}\n`);
  process.exit(1);
});
