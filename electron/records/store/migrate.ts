import { PersonError } from '../../base/errors.ts';
import type { Database } from './database.ts';
import { sql as records } from './migrations/001-records.ts';

/** In order; what has been delivered is never changed, only followed by another. */
const migrations = [records];

/**
 * Brings the database to this program's tables, one transaction a step, so that a power cut leaves one step or the
 * other. Throws {@link PersonError} when a newer program has written it.
 */
export const migrate = (database: Database, steps: readonly string[] = migrations): void => {
  const at = Number(database.pragma('user_version', { simple: true }));
  if (at > steps.length)
    throw new PersonError(
      `The records were written by a newer version of Linegate (format ${at}, this one knows ${steps.length}).`,
      'Start the newer version again, or set the data folder aside.',
    );
  for (const [index, sql] of steps.entries()) {
    if (index < at) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
};
