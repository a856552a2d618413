import { useWords } from '../api/use.ts';
import type { Trouble } from './tiles.ts';
import css from './tiles.module.css';

/** What happened · what goes on meanwhile · what to do: three short lines, the whole story stands in the alarm. */
export const TroubleText = ({ trouble }: { trouble: Trouble }) => {
  const { text } = useWords();
  return (
    <div className={css.trouble}>
      <p>
        <b>{trouble.what}</b>
      </p>
      <p title={text.tiles.meanwhile}>{trouble.meanwhile}</p>
      <p className={css.toDo} title={text.tiles.toDo}>
        {trouble.toDo}
      </p>
    </div>
  );
};
