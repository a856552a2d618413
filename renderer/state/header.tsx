import { useStation, useView, useWords } from '../api/use.ts';
import { keepLanguage } from '../text/kept.ts';
import { LiveText } from '../ui/liveText.tsx';
import css from './header.module.css';
import { Lanes } from './lanes.tsx';
import { lineState, sinceOf } from './lineState.ts';
import { StateShape } from './shape.tsx';

/** How the line is, which line it is, and what time it is there. */
export const Header = () => {
  const { text, format, tag } = useWords();
  const { view } = useStation();
  const link = useView((seen) => seen.link);
  const slow = useView((seen) => seen.slow);
  const lane = useView((seen) => seen.lane);
  const state = lineState({ link, slow, lane });
  const { is, tone, alarm } = state;
  const sinceMs = sinceOf(state, { slow, lane });
  const other = tag === 'en' ? 'de' : 'en';
  const change = (): void => {
    keepLanguage(other);
    view.setState({ language: other });
  };
  return (
    <header className={css.header}>
      <div className={css.line} data-tone={tone} role="status">
        <StateShape tone={tone} />
        <h1 className={css.word}>{text.line[is].word}</h1>
        <p className={css.detail}>{alarm === null ? text.line[is].detail : format.alarm(alarm).meanwhile}</p>
        {sinceMs !== null && (
          <p className={css.since} aria-hidden="true">
            <LiveText of={({ status }) => text.alarms.since(format.age((status?.atMs ?? sinceMs) - sinceMs))} />
          </p>
        )}
      </div>
      <Lanes />
      <p className={css.station}>
        <b>{slow?.station ?? '…'}</b>
        <LiveText of={({ status }) => (status === null ? '' : format.clock(status.atMs))} />
      </p>
      <button type="button" className={css.language} onClick={change} lang={other} aria-label={text.language.switchTo}>
        {other.toUpperCase()}
      </button>
    </header>
  );
};
