import type { Tone } from './lineState.ts';
import css from './shape.module.css';

/** A form for each tone: running triangle, standing square, warning sign, alarm octagon, unknown ring. */
const forms: Record<Tone, string> = {
  fine: 'M6 3.5v17l15-8.5z',
  idle: 'M5 5h14v14H5z',
  warning: 'M12 1.4 23.2 22H.8z',
  alarm: 'M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z',
  unknown: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z',
};

export const StateShape = ({ tone }: { tone: Tone }) => (
  <svg className={css.shape} data-tone={tone} viewBox="0 0 24 24" aria-hidden="true">
    <path d={forms[tone]} />
    {(tone === 'alarm' || tone === 'warning') && (
      <path className={css.sign} d={tone === 'alarm' ? 'M12 6.3v7m0 4v.1' : 'M12 9v6m0 3.6v.1'} />
    )}
  </svg>
);
