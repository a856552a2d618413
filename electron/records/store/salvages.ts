import { markSalvaged, pendingAside } from './aside.ts';
import type { Database } from './database.ts';
import { openSalvage, type Salvage } from './salvage.ts';

/** The damaged files from which not all was copied yet: mostly none. */
export interface Salvages {
  /** Copies one piece, in a few milliseconds; `false` when there is nothing left. */
  step(): boolean;
  /** Whether reports are still to be copied. */
  hasReports(): boolean;
  close(): void;
}

/**
 * Opens all that was set aside beside `database` and copies what is small. The newest comes first: it has what was copied
 * into it from an older one, and how far that had come.
 */
export const openSalvages = (database: Database, nowMs: number): Salvages => {
  const left: { damaged: string; salvage: Salvage }[] = [];
  const close = (): void => left.forEach(({ salvage }) => salvage.close());
  try {
    for (const damaged of pendingAside(database.name)) {
      const salvage = openSalvage(database, damaged, nowMs, () => left.length === 1);
      left.push({ damaged, salvage });
      salvage.smallTables();
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    step() {
      const current = left[0];
      if (current === undefined) return false;
      if (current.salvage.step()) return true;
      current.salvage.close();
      markSalvaged(current.damaged);
      left.shift();
      return left.length > 0;
    },
    hasReports: () => left.some(({ salvage }) => salvage.hasReports()),
    close,
  };
};
