import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PersonError } from '../base/errors.ts';
import { readCsv } from '../base/csv.ts';
import type { ModelPackage } from '../config/modelPackage.ts';
import { readImage } from './camera.ts';
import { openScorer } from './scorer.ts';
import type { Session } from './session.ts';

/** One picture of the golden set: its truth, and what the model said when it was packed. */
export interface GoldenItem {
  file: string;
  label: string;
  outputs: number[];
}

/** Reads the golden set of a package. Throws {@link PersonError} when its two lists do not fit together. */
export const readGolden = ({ folder, manifest }: ModelPackage): GoldenItem[] => {
  const labels = readCsv(readFileSync(join(folder, manifest.golden.labels), 'utf8'));
  const outputs = new Map(
    readCsv(readFileSync(join(folder, manifest.golden.outputs), 'utf8')).map((row) => [
      row['file'],
      manifest.labels.map((label) => Number(row[label.name])),
    ]),
  );
  return labels.map(({ file = '', label = '' }) => {
    const expected = outputs.get(file);
    if (expected === undefined || expected.some((value) => !Number.isFinite(value)))
      throw new PersonError(`The golden set of ${manifest.name} has no outputs for ${file}.`, 'Send the package again.');
    return { file, label, outputs: expected };
  });
};

export interface GoldenResult {
  images: number;
  correct: number;
  /** Largest difference of any probability to the packed outputs. */
  worstDifference: number;
  /** The shortest of all inferences: what the model takes on this device when nothing disturbs it. `Infinity` without any. */
  inferenceMs: number;
}

/** Runs the golden set on this device with `session`; `onProgress` hears the share done (0…1). */
export const runGolden = async (
  session: Session,
  model: ModelPackage,
  items: GoldenItem[],
  onProgress: (done: number) => void = () => undefined,
): Promise<GoldenResult> => {
  const result: GoldenResult = { images: items.length, correct: 0, worstDifference: 0, inferenceMs: Infinity };
  for (const [index, item] of items.entries()) {
    const image = readImage(join(model.folder, item.file));
    try {
      const { scores, preparedAtMs, inferredAtMs } = await openScorer(session, model, {
        format: 'bgr',
        frameSize: { width: image.cols, height: image.rows },
      }).score(image);
      result.inferenceMs = Math.min(result.inferenceMs, inferredAtMs - preparedAtMs);
      const top = model.manifest.labels[scores.indexOf(Math.max(...scores))]?.name;
      if (top === item.label) result.correct += 1;
      for (const [label, expected] of item.outputs.entries()) {
        const difference = Math.abs((scores[label] ?? Number.NaN) - expected);
        // Written so that NaN counts as the worst there is.
        if (!(difference <= result.worstDifference)) result.worstDifference = Number.isNaN(difference) ? 1 : difference;
      }
    } finally {
      image.release();
    }
    onProgress((index + 1) / items.length);
  }
  return result;
};
