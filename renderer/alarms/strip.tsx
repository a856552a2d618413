import { useState } from 'react';
import { useStation, useView, useWords } from '../api/use.ts';
import { AlarmList } from './list.tsx';
import { LinkLost } from './linkLost.tsx';
import { Marker } from './marker.tsx';
import { byPriority, keyOf, priorities } from './order.ts';
import css from './strip.module.css';

/** The most pressing alarm, and how many there are: one touch away from the list. It keeps its place when there is none. */
export const AlarmStrip = () => {
  const { text, format } = useWords();
  const { view } = useStation();
  const link = useView((state) => state.link);
  const alarms = useView((state) => state.slow?.alarms);
  const seen = useView((state) => state.seen);
  const [isListOpen, setListOpen] = useState(false);
  const sorted = byPriority(alarms ?? [], seen);
  const top = sorted[0];
  if (link !== 'live') return <LinkLost isFirst={link === 'connecting'} />;
  return (
    <section className={css.strip} aria-label={text.regions.alarms}>
      {top === undefined ? (
        <p className={css.none}>{text.alarms.none}</p>
      ) : (
        <button type="button" className={css.top} onClick={() => setListOpen(true)}>
          <Marker priority={top.priority} isSeen={seen.has(keyOf(top))} />
          <span className={css.text} aria-live="polite">
            <b>{format.alarm(top).what}</b>
            <span>→ {format.alarm(top).toDo}</span>
          </span>
          <span className={css.counts}>
            {priorities.map((priority) => {
              const count = sorted.filter((alarm) => alarm.priority === priority).length;
              return count === 0 ? null : (
                <span key={priority}>
                  <Marker priority={priority} isSeen /> {count}
                </span>
              );
            })}
          </span>
          <span className={css.all}>{text.alarms.all(sorted.length)}</span>
        </button>
      )}
      {isListOpen && (
        <AlarmList
          alarms={sorted}
          seen={seen}
          onSeen={(keys) => view.setState({ seen: new Set([...seen, ...keys]) })}
          onClose={() => setListOpen(false)}
        />
      )}
    </section>
  );
};
