/** A thread that checks the whole file of records, for as many minutes as it takes, beside the one writer. */
import { parentPort, workerData } from 'node:worker_threads';
import { openToRead } from './database.ts';

/** What the check found: `null` when all is well. */
export interface CheckAnswer {
  fault: string | null;
}

const database = openToRead(String(workerData));
const answer = String(database.pragma('integrity_check(1)', { simple: true }));
database.close();
parentPort?.postMessage({ fault: answer === 'ok' ? null : answer } satisfies CheckAnswer);
