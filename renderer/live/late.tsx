import IconAlertTriangleFilled from '@tabler/icons-react/dist/esm/icons/IconAlertTriangleFilled.mjs';
import { type ReactNode, useRef } from 'react';
import { useLive, useWords } from '../api/use.ts';
import css from './counters.module.css';

/** The one counter that must stay at zero: it has a sign of its own as soon as it does not. */
export const Late = ({ children }: { children: ReactNode }) => {
  const { text } = useWords();
  const row = useRef<HTMLDivElement>(null);
  useLive((live) => {
    if (row.current !== null) row.current.dataset['abnormal'] = String((live.lane()?.counts.late ?? 0) > 0);
  });
  return (
    <div ref={row} className={css.late} title={text.counters.lateMeans}>
      <dt>
        <IconAlertTriangleFilled className={css.sign} size="1.15em" aria-hidden="true" />
        {text.counters.late}
      </dt>
      <dd>{children}</dd>
    </div>
  );
};
