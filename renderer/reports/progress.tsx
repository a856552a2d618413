import { useRef } from 'react';
import { useLive } from '../api/use.ts';
import css from './order.module.css';

/** Good parts of the order as a bar; the words beside it say the same. */
export const Progress = () => {
  const bar = useRef<HTMLSpanElement>(null);
  useLive(({ status }) => {
    const job = status?.job;
    const share = job === null || job === undefined ? 0 : Math.min(1, job.counts.ok / job.quantity);
    if (bar.current !== null) bar.current.style.width = `${100 * share}%`;
  });
  return (
    <span className={css.track} aria-hidden="true">
      <span className={css.bar} data-share ref={bar} />
    </span>
  );
};
