import { useWords } from '../api/use.ts';
import type { Trouble } from './tiles.ts';
import css from './tiles.module.css';

/** What happened · what goes on meanwhile · what to do. */
export const TroubleText = ({ trouble }: { trouble: Trouble }) => {
  const { text } = useWords();
  return (
    <div className={css.trouble} tabIndex={0} role="group" aria-label={trouble.what}>
      <p>
        <b>{trouble.what}</b> {trouble.message !== '' && <span lang="en">{trouble.message}</span>}
      </p>
      <p>
        <i>{text.tiles.meanwhile}:</i> {trouble.meanwhile}
      </p>
      <p>
        <i>{text.tiles.toDo}:</i> {trouble.toDo}
      </p>
    </div>
  );
};
