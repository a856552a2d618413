import { useEffect, useRef } from 'react';
import { useAsked, useStation, useView, useWords } from '../api/use.ts';
import { Panel } from '../ui/panel.tsx';
import { stackMinutes } from './minutes.ts';
import css from './trend.module.css';
import { type Drawing, keepDrawing } from './trendPlot.ts';

const minutes = 60;

/** Parts per minute over the last hour: a stop is a gap, bad minutes stand out at the base. */
export const Trend = () => {
  const words = useWords();
  const { text, format } = words;
  const { live } = useStation();
  const lane = useView((view) => view.lane);
  const points = useAsked(`trend/${lane}`, 4000, async (api, signal) =>
    lane === null ? null : api.trend.query({ lane, minutes }, { signal }),
  );
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Drawing | null>(null);

  useEffect(() => {
    if (box.current === null) return;
    const drawing = keepDrawing(box.current, words);
    plot.current = drawing;
    return drawing.end;
  }, [words]);

  const sum = (kinds: ('ok' | 'nok' | 'unsure' | 'error')[]): string =>
    format.count((points ?? []).reduce((total, point) => total + kinds.reduce((part, kind) => part + point[kind], 0), 0));
  const summary =
    points === null || points.length === 0 ? text.trend.none : text.trend.summary(sum(['ok']), sum(['nok', 'unsure', 'error']));

  useEffect(() => {
    const { minute, error, unsure, nok, ok } = stackMinutes(points ?? [], live.status?.atMs ?? 0, minutes);
    plot.current?.draw([minute, ok, nok, unsure, error]);
  }, [points, words, live]);

  return (
    <Panel title={text.regions.trend} className={css.trend} aside={<p>{summary}</p>}>
      <div ref={box} className={css.plot} role="img" aria-label={summary} />
    </Panel>
  );
};
