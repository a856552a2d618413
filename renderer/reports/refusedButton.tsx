import { useState } from 'react';
import { useView, useWords } from '../api/use.ts';
import css from './refused.module.css';
import { RefusedReports } from './refused.tsx';

/** There while the MES has refused reports for good, whether or not it is connected now. */
export const RefusedButton = () => {
  const { text, format } = useWords();
  const refused = useView((view) => view.slow?.deadLetters ?? 0);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {refused > 0 && (
        <button type="button" className={css.open} onClick={() => setOpen(true)}>
          {text.reports.open(format.count(refused))}
        </button>
      )}
      {isOpen && <RefusedReports onClose={() => setOpen(false)} />}
    </>
  );
};
