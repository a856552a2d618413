/**
 * A set of whole numbers as runs of neighbours, `[first, last]` each, in order. Sequence numbers come almost without gaps,
 * so a day of them is one run.
 */
export type Runs = [first: number, last: number][];

/** Adds `number` in place; `false` when it was there already. */
export const add = (runs: Runs, number: number): boolean => {
  // New numbers are mostly the highest: look from the end.
  let index = runs.length;
  while (index > 0 && (runs[index - 1]?.[0] ?? 0) > number) index -= 1;
  const before = runs[index - 1];
  const after = runs[index];
  if (before !== undefined && number <= before[1]) return false;
  const joinsBefore = before !== undefined && before[1] === number - 1;
  const joinsAfter = after !== undefined && after[0] === number + 1;
  if (joinsBefore && joinsAfter) runs.splice(index - 1, 2, [before[0], after[1]]);
  else if (joinsBefore) before[1] = number;
  else if (joinsAfter) after[0] = number;
  else runs.splice(index, 0, [number, number]);
  return true;
};
