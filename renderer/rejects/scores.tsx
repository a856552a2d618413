import type { ModelInUse } from '../../electron/contract/frame.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import { useWords } from '../api/use.ts';
import css from './detail.module.css';
import { namedScores } from './namedScores.ts';

/** What the model gave to each class, as bars. */
export const Scores = ({ record, model }: { record: PartRecord; model: ModelInUse | null }) => {
  const { text, format } = useWords();
  const scores = namedScores(record, model);
  return (
    <>
      <h3>{text.detail.scores}</h3>
      {scores.length === 0 ? (
        <p>{text.detail.noScores}</p>
      ) : (
        <ol className={css.scores}>
          {scores.map(({ name, index, score, isBad }) => (
            <li key={index}>
              <span className={css.name}>{name === null ? text.detail.scoreOf(index + 1) : format.reason(name)}</span>
              <span className={css.track} aria-hidden="true">
                <span className={css.bar} data-bad={isBad} style={{ width: `${100 * score}%` }} />
              </span>
              <span className={css.score}>{format.share(score)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
