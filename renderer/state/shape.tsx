import type { LineState } from './lineState.ts';
import css from './shape.module.css';

/** A form for each tone: running triangle, standing square, alarm octagon, unknown ring. */
const forms: Record<LineState['tone'], string> = {
  fine: 'M6 3.5v17l15-8.5z',
  idle: 'M5 5h14v14H5z',
  alarm: 'M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z',
  unknown: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z',
};

export const StateShape = ({ tone }: { tone: LineState['tone'] }) => (
  <svg className={css.shape} data-tone={tone} viewBox="0 0 24 24" aria-hidden="true">
    <path d={forms[tone]} />
    {tone === 'alarm' && <path className={css.sign} d="M12 6.3v7m0 4v.1" />}
  </svg>
);
