/**
 * `npm run test:faults -- [numbers] [--quick] [--full] [--minutes N] [--json]`, and the same for `test:durability`: does to the real
 * processes what the fault table says, and prints what came of it. Exit code 1 when a case falls short.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chosen, loadFaults, runFaults } from './suite.ts';
import { jsonOf, tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, full: { type: 'boolean' }, minutes: { type: 'string' }, json: { type: 'boolean' } },
});
const [suite = 'faults', ...numbers] = positionals;
const say = (what: string): void => void process.stderr.write(`${what}\n`);

const folder = join(import.meta.dirname, '..', suite, 'cases');
const faults = chosen(await loadFaults(folder), { numbers: numbers.map(Number), quick: values.quick === true });
if (faults.length === 0) {
  say(`No case of the ${suite} suite has these numbers: ${numbers.join(', ')}. Call it without numbers to run all.`);
  process.exit(2);
}
const minutes = values.minutes === undefined ? {} : { minutes: Number(values.minutes) };
const results = await runFaults(faults, { full: values.full === true, ...minutes, say });
process.stdout.write(`${values.json === true ? JSON.stringify(jsonOf(results)) : tableOf(results)}\n`);
process.exit(results.every(({ passed, skipped }) => passed || skipped !== undefined) ? 0 : 1);
