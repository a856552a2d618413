import type { Alarm } from '../../electron/contract/alarms.ts';
import { useWords } from '../api/use.ts';
import { Dialog } from '../ui/dialog.tsx';
import { LiveText } from '../ui/liveText.tsx';
import css from './list.module.css';
import { Marker } from './marker.tsx';
import { keyOf } from './order.ts';
import { ActButton } from './act.tsx';

interface Props {
  alarms: readonly Alarm[];
  seen: ReadonlySet<string>;
  onSeen: (keys: string[]) => void;
  onClose: () => void;
}

/** All alarms: what happened, what the line does meanwhile, what to do. */
export const AlarmList = ({ alarms, seen, onSeen, onClose }: Props) => {
  const { text } = useWords();
  const unseen = alarms.map(keyOf).filter((key) => !seen.has(key));
  return (
    <Dialog title={text.alarms.title} onClose={onClose}>
      <ul className={css.list}>
        {alarms.length === 0 && <li className={css.none}>{text.alarms.none}</li>}
        {alarms.map((alarm) => (
          <AlarmRow key={keyOf(alarm)} alarm={alarm} isSeen={seen.has(keyOf(alarm))} onSeen={() => onSeen([keyOf(alarm)])} />
        ))}
      </ul>
      {unseen.length > 1 && (
        <button type="button" className={css.seenAll} onClick={() => onSeen(unseen)}>
          {text.alarms.seenAll}
        </button>
      )}
    </Dialog>
  );
};

const AlarmRow = ({ alarm, isSeen, onSeen }: { alarm: Alarm; isSeen: boolean; onSeen: () => void }) => {
  const { text, format } = useWords();
  const { what, meanwhile, toDo } = format.alarm(alarm);
  return (
    <li className={css.alarm}>
      <Marker priority={alarm.priority} isSeen={isSeen} />
      <div className={css.text}>
        <p className={css.facts}>
          {text.alarms.priority[alarm.priority]} ·{' '}
          <LiveText of={({ status }) => text.alarms.since(format.age((status?.atMs ?? alarm.sinceMs) - alarm.sinceMs))} />
        </p>
        <h3>{what}</h3>
        <p>
          <i>{text.tiles.meanwhile}:</i> {meanwhile}
        </p>
        <p>
          <i>{text.tiles.toDo}:</i> {toDo}
        </p>
        {alarm.detail !== '' && (
          <p>
            <i>{text.alarms.said}:</i> <span lang="en">{alarm.detail}</span>
          </p>
        )}
      </div>
      {(alarm.resets !== undefined || alarm.startsAgain === true) && <ActButton alarm={alarm} />}
      {isSeen ? (
        <p className={css.isSeen}>{text.alarms.isSeen}</p>
      ) : (
        <button type="button" className={css.seen} onClick={onSeen}>
          {text.alarms.seen}
        </button>
      )}
    </li>
  );
};
