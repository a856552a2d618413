import type { SlowLane } from '../api/slow.ts';
import type { Words } from './language.ts';

/** What people call the labels of the models in use: by label, then by language. */
export type LabelWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Of all lanes' models; the very object `before` when nothing is new, or while nothing is known. */
export const labelWordsOf = (lanes: readonly Pick<SlowLane, 'model'>[] | null, before: LabelWords): LabelWords => {
  const labels = (lanes ?? []).flatMap(({ model }) => model?.labels ?? []);
  const found = Object.fromEntries(labels.map(({ name, words = {} }) => [name, words]));
  return labels.length === 0 || JSON.stringify(found) === JSON.stringify(before) ? before : found;
};

/** `words`, that know the models' labels too. A reason of our own is never another's word. */
export const withLabels = (words: Words, labels: LabelWords): Words => {
  const { tag, text, format } = words;
  const reason = (of: string): string => (of in text.reason ? undefined : labels[of]?.[tag]) ?? format.reason(of);
  return { ...words, format: { ...format, reason } };
};
