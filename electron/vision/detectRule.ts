import type { Recipe } from '../config/recipe.ts';

export type DetectionRule = Recipe['detection'];

/** A band of a frame along the belt, in squares of `stepPx` pixels, row by row. */
export interface Band {
  columns: number;
  rows: number;
  stepPx: number;
}

/** A part that lies wholly in the band, pixels from the band's left edge. */
export interface Found {
  centrePx: number;
  widthPx: number;
}

/** Columns with fewer marked squares than this share of the fullest are hair, dust or a shadow that a part drags along. */
const bodyShare = 0.5;

/**
 * Marks the squares where a part may be: those at an edge (`edges`: the belt itself has none, whatever its colour and light),
 * or those brighter or darker than a level. `levels` are mean grey levels; `marks`, 0 or 1, is written over. Squares at the
 * border of the band have no neighbour to differ from and are never marked.
 */
export const markSquares = (levels: Uint8Array, { columns, rows }: Band, rule: DetectionRule, marks: Uint8Array): void => {
  const { find, level } = rule;
  for (let y = 1; y < rows - 1; y++)
    for (let x = 1, i = y * columns + 1; x < columns - 1; x++, i++) {
      const isMarked =
        find === 'edges'
          ? Math.abs((levels[i + 1] ?? 0) - (levels[i - 1] ?? 0)) >= level ||
            Math.abs((levels[i + columns] ?? 0) - (levels[i - columns] ?? 0)) >= level
          : find === 'bright'
            ? (levels[i] ?? 0) >= level
            : (levels[i] ?? 0) <= level;
      marks[i] = isMarked ? 1 : 0;
    }
};

/**
 * Where parts lie wholly in the band, from left to right. Pure. Marked columns that are nearer than `leastGapPx` are one
 * part; it counts when it is large enough and does not touch the end of the band, beyond which it may go on.
 */
export const findParts = (marks: Uint8Array, band: Band, rule: DetectionRule): Found[] => {
  const { stepPx, columns } = band;
  const counts = marksOfColumns(marks, band);
  const found: Found[] = [];
  const gap = Math.max(1, Math.round(rule.leastGapPx / stepPx));
  for (let at = 0; at < columns; ) {
    if (counts[at] === 0) at += 1;
    else {
      const to = endOfRun(counts, at, gap);
      const { left, right, fullest } = bodyOf(counts.subarray(at, to));
      const widthPx = (right + 1 - left) * stepPx;
      const isPart = widthPx >= rule.leastWidthPx && fullest * stepPx >= rule.leastHeightPx;
      const isWhole = at > 1 && to < columns - 1;
      if (isPart && isWhole) found.push({ centrePx: (at + (left + 1 + right) / 2) * stepPx, widthPx });
      at = to;
    }
  }
  return found;
};

const marksOfColumns = (marks: Uint8Array, { columns, rows }: Band): Uint16Array => {
  const counts = new Uint16Array(columns);
  for (let y = 0, i = 0; y < rows; y++) for (let x = 0; x < columns; x++, i++) counts[x] = (counts[x] ?? 0) + (marks[i] ?? 0);
  return counts;
};

/** First column after the run that begins at `from`: `gap` empty ones follow it, or the band ends. */
const endOfRun = (counts: Uint16Array, from: number, gap: number): number => {
  let to = from + 1;
  for (let at = to; at < counts.length && at - to < gap; at++) if (counts[at] !== 0) to = at + 1;
  return to;
};

/** First and last column of a run without what hangs on it. */
const bodyOf = (run: Uint16Array): { left: number; right: number; fullest: number } => {
  const fullest = run.reduce((most, count) => Math.max(most, count), 0);
  const isBody = (count: number): boolean => count >= fullest * bodyShare;
  return { left: run.findIndex(isBody), right: run.findLastIndex(isBody), fullest };
};
