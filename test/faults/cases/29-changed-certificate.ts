import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificates } from '../../../electron/sim/certificates.ts';
import type { Fault } from '../fault.ts';
import { killPlc, startGateRig } from '../link.ts';

/** Two more tries are made in it. */
const refusedForMs = 12_000;

/** Another server answers at the PLC's address, with a certificate of its own. */
export const fault: Fault = {
  numbers: [29],
  name: 'changed server certificate',
  toPass: 'refused; 0 writes, 1 row in the records',
  quick: true,
  async run() {
    const rig = await startGateRig(20);
    try {
      await killPlc(rig);
      const { plcPki, stationPki } = rig.factory.paths;
      rmSync(plcPki, { recursive: true });
      // The stranger trusts the station; whether the station trusts it is the question.
      await makeCertificates(
        [
          { name: 'plc', pki: plcPki, trusts: ['line'] },
          { name: 'line', pki: `${stationPki}/line`, trusts: [], exists: true },
        ],
        Date.now(),
      );
      await rig.factory.lanes[0].startPlc();
      await rig.untilLink(['refused']);
      await sleep(refusedForMs);
      const { accepted, refused, late } = await rig.plc();
      const rows = (await rig.events()).filter(({ kind }) => kind === 'plc-refused').length;
      const { state, message } = (await rig.line()).plc;
      const writes = accepted + refused + late;
      return { happened: message, measured: { writes, rows }, passed: state === 'refused' && writes === 0 && rows === 1 };
    } finally {
      await rig.stop();
    }
  },
};
