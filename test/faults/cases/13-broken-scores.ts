import { wallMs } from '../../../electron/base/clock.ts';
import { apiOf, emptyBelt, letBy } from '../counted.ts';
import type { Fault } from '../fault.ts';
import { startStubbedRig } from '../stubbed.ts';

/** The model gives what is no probability. */
export const fault: Fault = {
  numbers: [13],
  name: 'scores that are NaN, infinite or out of range',
  toPass: '100 % fail-safe, each with its record, a model fault is raised',
  quick: false,
  async run({ full }) {
    const rig = await startStubbedRig(['--rate', '30', '--defects', '0.3']);
    let [parts, errors, onward, wrongActions] = [0, 0, 0, 0];
    const api = apiOf(rig);
    const recorded = async (): Promise<number> => (await api.counts.query({ lane: 'lane-1', fromMs: 0, toMs: wallMs() })).error;
    let records = 0;
    try {
      for (const how of ['nan', 'infinite', 'outside']) {
        await emptyBelt(rig);
        const before = await recorded();
        rig.spoil(how);
        const { lane, plc, came } = await letBy(rig, full ? 1000 : 60);
        parts += came.parts;
        errors += lane.error;
        records += (await recorded()) - before;
        wrongActions += plc.wrongActions;
        onward += plc.escapes + (came.parts - came.bad - plc.falseRejects);
      }
      const faults = (await api.status.query()).alarms.filter(({ id }) => id.startsWith('model-fault')).length;
      await emptyBelt(rig);
      rig.spoil('well');
      const { lane } = await letBy(rig, 30);
      return {
        happened: `All ${errors} of ${parts} parts were errors and ejected; with good scores again ${lane.error} of ${lane.parts} were.`,
        measured: {
          parts,
          errors,
          records,
          passedTheGate: onward,
          wrongActions,
          modelFaultAlarms: faults,
          errorsAfterwards: lane.error,
        },
        passed: parts > 0 && errors === parts && records === parts && onward === 0 && faults === 1 && lane.error === 0,
      };
    } finally {
      await rig.stop();
    }
  },
};
