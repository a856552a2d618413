import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../api/use.ts';
import css from './dialog.module.css';

interface Props {
  title: ReactNode;
  className?: string | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the page: the browser keeps the focus in it and closes it with Escape; so does a touch beside it. */
export const Dialog = ({ title, className = '', onClose, children }: Props) => {
  const { text } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`${css.dialog} ${className}`}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className={css.inside}>
        <header className={css.head}>
          <h2 id={id} className={css.title}>
            {title}
          </h2>
          <button type="button" className={css.close} onClick={onClose} aria-label={text.detail.close}>
            <IconX size="2rem" aria-hidden="true" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
};
