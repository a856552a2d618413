import { type ReactNode, useId } from 'react';
import css from './panel.module.css';

interface Props {
  title: string;
  className?: string | undefined;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A landmark with a title. */
export const Panel = ({ title, className = '', aside, children }: Props) => {
  const id = useId();
  return (
    <section className={`${css.panel} ${className}`} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id} className={css.title}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
};
