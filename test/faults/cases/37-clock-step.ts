import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../fault.ts';
import { type GateRig, startGateRig, until } from '../link.ts';

const hourMs = 3_600_000;
const steps = {
  'an hour on': hourMs,
  'an hour back': 0,
  'two days on': 48 * hourMs,
  'two days back': 0,
  'an hour back from there': -hourMs,
};
const restMs = 2000;
const mostMs = 2000;

/** The demo line whose `line` has a wall clock that can be set. */
const startClockRig = async (file: string): Promise<GateRig> => {
  const stub = pathToFileURL(join(import.meta.dirname, '..', 'stubs', 'clock.ts')).href;
  const before = process.env['NODE_OPTIONS'];
  process.env['LINEGATE_CLOCK'] = file;
  process.env['NODE_OPTIONS'] = `--import=${stub}`;
  try {
    return await startGateRig(60);
  } finally {
    delete process.env['LINEGATE_CLOCK'];
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
};

/** The wall clock of the station jumps while it is connected. */
export const fault: Fault = {
  numbers: [37],
  name: 'wall clock steps while connected',
  toPass: 'commands valid again ≤ 2 s',
  quick: false,
  async run() {
    const file = join(mkdtempSync(join(tmpdir(), 'linegate-clock-')), 'off');
    writeFileSync(file, '0');
    const rig = await startClockRig(file);
    try {
      const back: number[] = [];
      for (const offMs of Object.values(steps)) {
        writeFileSync(file, `${offMs}`);
        // The old session ends within the first fifth of a second; what is measured is the first command after it.
        const noticedMs = await rig.untilLink(['connecting', 'stale', 'refused']);
        const connectedMs = await rig.untilLink(['connected'], 90_000);
        rig.factory.lanes[0].plc.reset();
        back.push(noticedMs + connectedMs + (await until(async () => (await rig.plc()).accepted > 0, 30_000)));
        await sleep(restMs);
      }
      const events = (await rig.events()).filter(({ kind }) => kind === 'clock-step').length;
      const worstBackMs = Math.max(...back);
      return {
        happened: `The clock was set: ${Object.keys(steps).join(', ')}; ${events} steps are in the records.`,
        measured: { worstBackMs, events },
        passed: worstBackMs <= mostMs && events === back.length,
      };
    } finally {
      await rig.stop();
    }
  },
};
