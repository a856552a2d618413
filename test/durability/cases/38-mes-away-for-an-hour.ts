import { type Rig, startRig } from '../../../electron/cli/bench/rig.ts';
import type { MesCounts } from '../../../electron/contract/wiring.ts';
import type { Totals } from '../../../electron/records/store/totals.ts';
import { emptyBelt, letBy } from '../../faults/counted.ts';
import type { Fault, How, Outcome } from '../../faults/fault.ts';
import { until } from '../reporting.ts';

/** Parts made without the MES: an hour of a line of 60 parts a second; a few seconds of one where there is no time. */
const without = { full: 3600 * 60, short: 600 };
/** Parts made while it is there, before and after. */
const withMes = 120;
/** What is simulated is time alone: the belt runs so much faster, every part takes the whole way all the same. */
const rate = { full: 180, short: 60 };
/** Drawing a frame for each part would leave a small machine no time for that rate: its frames come again and again. */
const frames = { full: ['--prerendered', '240'], short: [] };
const patienceMs = 600_000;

const stored = async (rig: Rig): Promise<Totals> => (await rig.station.process('records').figures()) as Totals;
const received = async (rig: Rig): Promise<MesCounts> => (await rig.factory.mes.figures()) as MesCounts;

/** Lets parts by on an empty belt until all that were decided are on disk; what the conveyor, the PLC and the store have counted. */
const make = async (rig: Rig, parts: number) => {
  await emptyBelt(rig);
  const before = (await stored(rig)).records;
  const { came, plc } = await letBy(rig, parts, (parts / rate.short) * 1000 + patienceMs);
  const kept = async (): Promise<number> => (await stored(rig)).records - before;
  await until(async () => (await kept()) >= came.parts, patienceMs, 200);
  return { camera: came.parts, plc: plc.parts, store: await kept(), undecided: plc.missing };
};

/** No report waits any more. */
const drained = async (rig: Rig): Promise<boolean> => until(async () => (await stored(rig)).unreported === 0, patienceMs, 200);

const run = async ({ full, say }: How): Promise<Outcome> => {
  const length = full ? 'full' : 'short';
  const parts = without[length];
  const rig = await startRig(['--rate', `${rate[length]}`, ...frames[length]], () => undefined);
  try {
    // From here on the belt stands between two counts, and nothing comes that is not counted.
    await make(rig, withMes);
    await drained(rig);
    const { received: before } = await received(rig);
    rig.factory.mes.knob('away', 'on');
    say(`    ${parts} parts without the MES …`);
    const alone = await make(rig, parts);
    const { unreported: waited } = await stored(rig);
    rig.factory.mes.knob('away', 'off');
    const after = await make(rig, withMes);
    const isDrained = await drained(rig);
    const { received: reports, duplicates, outOfOrder } = await received(rig);
    const [camera, plc, store] = [alone.camera + after.camera, alone.plc + after.plc, alone.store + after.store];
    const mes = reports - before;
    const undecided = alone.undecided + after.undecided;
    return {
      happened: `${alone.camera} parts came without the MES, ${waited} reports waited; then it was back.`,
      measured: { camera, plc, store, mes, undecided, duplicates, outOfOrder },
      passed:
        isDrained && waited >= parts && [plc, store, mes].every((count) => count === camera) && duplicates + outOfOrder === 0,
    };
  } finally {
    await rig.stop();
  }
};

/** The cable to the MES is cut for an hour of production; afterwards everybody has counted the same. */
export const fault: Fault = {
  numbers: [38],
  name: 'MES away for an hour of production',
  toPass: 'counts at camera, PLC, store and MES agree to the part',
  quick: false,
  run,
};
