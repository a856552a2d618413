import { useEffect } from 'react';
import { AlarmStrip } from './alarms/strip.tsx';
import { useView, useWords } from './api/use.ts';
import { Pareto } from './charts/pareto.tsx';
import { Trend } from './charts/trend.tsx';
import { Counters } from './live/counters.tsx';
import { Picture } from './live/picture.tsx';
import { Verdict } from './live/verdict.tsx';
import { RejectDetail } from './rejects/detail.tsx';
import { RejectStrip } from './rejects/strip.tsx';
import { Header } from './state/header.tsx';
import { Tiles } from './state/tilesPanel.tsx';
import css from './app.module.css';

/** The live page. What it shows of a station that is lost is drained of colour, so that nobody takes it for now. */
export const App = () => {
  const { tag, text } = useWords();
  const station = useView((view) => view.slow?.station);
  const link = useView((view) => view.link);
  const open = useView((view) => view.open);
  useEffect(() => {
    document.documentElement.lang = tag;
    document.title = text.title(station ?? '…');
  }, [tag, text, station]);
  return (
    <div className={css.page} data-link={link}>
      <Header />
      <AlarmStrip />
      <main className={css.main}>
        <div className={css.live}>
          <Picture />
          <Verdict />
        </div>
        <Counters />
        <Trend />
        <Pareto />
        <Tiles />
        <RejectStrip />
      </main>
      {open !== null && <RejectDetail key={`${open.lane}/${open.sequence}`} part={open} />}
    </div>
  );
};
