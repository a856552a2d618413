/**
 * A process that keeps records in the file its first argument names, its second says how many groups of three, and writes
 * one line to standard output for each that is kept, for each fault, and at the end. A line is one system call, so that a
 * trace shows what was promised when.
 */
import { writeSync } from 'node:fs';
import { holdStore } from '../../electron/records/store/holder.ts';
import { aRecord } from '../records/record.ts';

const [file = '', groups = '10', giveUpAfterMs = '0'] = process.argv.slice(2);
const say = (what: string): void => void writeSync(1, `${what}\n`);
const retryMs = 20;

const holder = holdStore({
  ...{ file, station: 'test', lanes: ['lane-1'], isReporting: true, now: () => Date.now() },
  onFault: ({ kind }) => say(`fault ${kind}`),
});
const last = Number(groups) * 3;
let sequence = 0;

const step = (): void => {
  try {
    holder.write((store) =>
      store.keep(
        [1, 2, 3].map((each) => ({ record: aRecord({ sequence: sequence + each }) })),
        0,
      ),
    );
    sequence += 3;
    say(`kept ${sequence}`);
  } catch {
    setTimeout(step, retryMs);
    return;
  }
  if (sequence < last) setImmediate(step);
  else process.exit(0);
};
void holder.opened.then(() => step());
if (Number(giveUpAfterMs) > 0) setTimeout(() => process.exit(3), Number(giveUpAfterMs));
