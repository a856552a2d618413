/** Prints what is in the file of records that the first argument names, as one line of JSON; the process that kept it has ended. */
import { openFile } from '../../electron/records/store/database.ts';

const database = openFile(process.argv[2] ?? '', 0);
const rows = (verdict: string): unknown =>
  database.prepare('SELECT count(*) FROM records WHERE verdict = ?').pluck().get(verdict);
process.stdout.write(
  `report ${JSON.stringify({ nok: rows('nok'), ok: rows('ok'), isWhole: database.pragma('integrity_check(1)', { simple: true }) === 'ok' })}\n`,
);
