import type { ModelInUse } from '../../electron/contract/frame.ts';
import type { PartRecord } from '../../electron/contract/record.ts';

export interface NamedScore {
  /** `null` when the model that runs now is not the one that decided: its labels are not those of this record. */
  name: string | null;
  index: number;
  score: number;
  isBad: boolean;
}

/** The scores of a record with the names of their classes, highest first. */
export const namedScores = (
  record: Pick<PartRecord, 'scores' | 'modelSha8'>,
  model: Pick<ModelInUse, 'sha8' | 'labels'> | null,
): NamedScore[] => {
  const labels = model?.sha8 === record.modelSha8 ? model.labels : [];
  return record.scores
    .map((score, index) => ({ name: labels[index]?.name ?? null, index, score, isBad: labels[index]?.verdict === 'nok' }))
    .toSorted((a, b) => b.score - a.score);
};
