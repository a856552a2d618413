import { verdictCode } from '../../contract/gate.ts';
import type { PlcCounts } from '../../contract/wiring.ts';
import type { Cell, ResultAnswer } from './register.ts';

/** Nothing counted yet. */
export const noCounts = (): PlcCounts => ({
  parts: 0,
  bad: 0,
  escapes: 0,
  falseRejects: 0,
  late: 0,
  missing: 0,
  refused: 0,
  unsure: 0,
  errors: 0,
  wrongActions: 0,
  accepted: 0,
});

/** Counts a part when it has left, by what physically happened to it; `decides`: the PLC does, and not the station. */
export const countLeft = (counts: PlcCounts, cell: Cell, ejected: boolean, decides = true): void => {
  counts.parts += 1;
  if (cell.bad) counts.bad += 1;
  if (cell.bad && !ejected) counts.escapes += 1;
  if (!cell.bad && ejected) counts.falseRejects += 1;
  if (!decides) return;
  if (cell.decision !== null && cell.decision.reject !== ejected) counts.wrongActions += 1;
  if (cell.decision === null || cell.decision.missing) counts.missing += 1;
  else if (cell.verdict?.code === verdictCode.unsure) counts.unsure += 1;
  else if (cell.verdict?.code === verdictCode.error) counts.errors += 1;
};

/** Counts a command by how it was answered. */
export const countAnswer = (counts: PlcCounts, answer: ResultAnswer): void => {
  counts[answer] += 1;
};
