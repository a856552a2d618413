import { PersonError } from '../../base/errors.ts';
import type { Database } from './database.ts';
import { sql as records } from './migrations/001-records.ts';
import { sql as events } from './migrations/002-events.ts';
import { sql as questions } from './migrations/003-questions.ts';
import { sql as lineEvents } from './migrations/004-line-events.ts';
import { sql as reports } from './migrations/010-reports.ts';
import { sql as productionBySetup } from './migrations/011-production-by-setup.ts';
import { sql as lossless } from './migrations/012-lossless.ts';
import { sql as gateEnds } from './migrations/013-gate-ends.ts';

/** A step from one format of the file to the next. */
export interface Migration {
  /** The number in its file's name; it becomes the file's `user_version`. */
  number: number;
  sql: string;
}

/** In order; what has been delivered is never changed, only followed by another. */
const migrations: readonly Migration[] = [
  { number: 1, sql: records },
  { number: 2, sql: events },
  { number: 3, sql: questions },
  { number: 4, sql: lineEvents },
  { number: 10, sql: reports },
  { number: 11, sql: productionBySetup },
  { number: 12, sql: lossless },
  { number: 13, sql: gateEnds },
];

/**
 * Brings the database to this program's tables, one transaction a step, so that a power cut leaves one step or the
 * other. Throws {@link PersonError} when a newer program has written it.
 */
export const migrate = (database: Database, steps: readonly Migration[] = migrations): void => {
  const at = Number(database.pragma('user_version', { simple: true }));
  const newest = steps.at(-1)?.number ?? 0;
  if (at > newest)
    throw new PersonError(
      `The records were written by a newer version of Linegate (format ${at}, this one knows ${newest}).`,
      'Start the newer version again, or set the data folder aside.',
    );
  for (const { number, sql } of steps) {
    if (number <= at) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${number}`);
    })();
  }
};
