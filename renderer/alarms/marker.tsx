import type { Alarm } from '../../electron/contract/alarms.ts';
import css from './marker.module.css';

/** A form, a colour and a number for each priority (ISA-18.2: four at most). Only this blinks, never a text. */
const marks: Record<Alarm['priority'], { path: string; number: string }> = {
  urgent: { path: 'M2 2h20v20H2z', number: '1' },
  high: { path: 'M12 .8 23.6 22.5H.4z', number: '2' },
  medium: { path: 'M12 .5 23.5 12 12 23.5.5 12z', number: '3' },
  low: { path: 'M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z', number: '4' },
};

export const Marker = ({ priority, isSeen }: { priority: Alarm['priority']; isSeen: boolean }) => (
  <svg className={css.marker} data-priority={priority} data-seen={isSeen} viewBox="0 0 24 24" aria-hidden="true">
    <path d={marks[priority].path} />
    <text x="12" y={priority === 'high' ? 19.5 : 17}>
      {marks[priority].number}
    </text>
  </svg>
);
