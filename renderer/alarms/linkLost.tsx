import IconPlugConnectedX from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import { useWords } from '../api/use.ts';
import { LiveText } from '../ui/liveText.tsx';
import css from './strip.module.css';

/** The screen has no word from the station: said loudly, with the age of what is shown. */
export const LinkLost = ({ isFirst }: { isFirst: boolean }) => {
  const { text, format } = useWords();
  const { connection, regions } = text;
  if (isFirst)
    return (
      <section className={css.strip} aria-label={regions.alarms}>
        <p className={css.none} role="status">
          {connection.connecting} {connection.starting}
        </p>
      </section>
    );
  return (
    <section className={`${css.strip} ${css.lost}`} aria-label={regions.alarms}>
      <IconPlugConnectedX className={css.plug} size="2.4rem" aria-hidden="true" />
      <p className={css.text}>
        <b role="alert">{connection.lost}</b>
        <span>
          <LiveText of={({ statusAtMs }, nowMs) => connection.lostMeanwhile(format.age(nowMs - statusAtMs))} />{' '}
          {connection.lostToDo}
        </span>
      </p>
    </section>
  );
};
