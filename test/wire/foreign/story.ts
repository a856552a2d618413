import type { PartRecord } from '../../../electron/contract/record.ts';
import type { FromConveyor } from '../../../electron/contract/wiring.ts';

/** What the foreign PLC did with a part: by our verdict, or without one, because we or the PLC itself were too late. */
export interface Decided {
  type: 'decided';
  part: number;
  out: boolean;
  why: 'verdict' | 'no-verdict' | 'alone' | 'held-up';
}

/** What the foreign MES took. */
export interface Taken {
  reports: Pick<PartRecord, 'sequence' | 'partId' | 'reason' | 'reject' | 'gate'>[];
}

/** A part that has left, with all that was said of it. */
export interface PartStory {
  isBad: boolean;
  decided: Decided;
  left: { ejected: boolean };
  /** `null` when the station never heard of it: its trigger was missed. */
  report: Taken['reports'][number] | null;
}

/**
 * Whether a part went where it should not, and neither because no verdict came in time nor because the PLC was held up:
 * - it was decided to go on, and was ejected; a part that should have gone out and did not had left before the PLC came to it;
 * - it is bad, and its record lets it go on;
 * - it went by a verdict, and its record has another one or none;
 * - it went without a verdict, and its record says that the PLC has it.
 */
export const isWrong = ({ isBad, decided, left, report }: PartStory): boolean => {
  if (left.ejected && !decided.out) return true;
  if (isBad && report?.reject === false) return true;
  if (decided.why === 'verdict') return report?.reject !== decided.out;
  return decided.why === 'no-verdict' && report?.gate === 'acknowledged';
};

/** Gathers what conveyor, PLC and MES say, by part. */
export const openStory = () => {
  const bad = new Map<number, boolean>();
  const left = new Map<number, { ejected: boolean }>();
  const decisions = new Map<number, Decided>();
  const reports = new Map<number, Taken['reports'][number]>();
  const sequences: number[] = [];
  return {
    passed(message: FromConveyor): void {
      if (message.type === 'edge') bad.set(message.part, message.truth.bad);
      else if (message.type === 'left') left.set(message.part, message);
    },
    decided: (decision: Decided): void => void decisions.set(decision.part, decision),
    reported(taken: Taken): void {
      for (const report of taken.reports) {
        sequences.push(report.sequence);
        reports.set(report.partId, report);
      }
    },
    sequences: (): readonly number[] => sequences,
    /** Parts that went by a verdict whose record has not come yet. */
    unreported: (): number[] =>
      [...decisions.values()].filter(({ part, why }) => why === 'verdict' && !reports.has(part)).map(({ part }) => part),
    /** Every part that was seen by the PLC and has left. */
    told: (): PartStory[] =>
      [...decisions].flatMap(([part, decided]): PartStory[] => {
        const gone = left.get(part);
        return gone === undefined
          ? []
          : [{ isBad: bad.get(part) === true, decided, left: gone, report: reports.get(part) ?? null }];
      }),
  };
};
