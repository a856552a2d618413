import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useAsked, useStation, useView, useWords } from '../api/use.ts';
import { Panel } from '../ui/panel.tsx';
import { stackMinutes } from './minutes.ts';
import css from './trend.module.css';
import { trendOptions } from './trendOptions.ts';

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
  const plot = useRef<uPlot | null>(null);

  useEffect(() => {
    const parent = box.current;
    if (parent === null) return;
    const size = () => ({ width: parent.clientWidth, height: parent.clientHeight });
    const made = new uPlot(trendOptions(size(), words), [[], [], [], [], []], parent);
    const watch = new ResizeObserver(() => made.setSize(size()));
    watch.observe(parent);
    plot.current = made;
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [words]);

  const sum = (kinds: ('ok' | 'nok' | 'unsure' | 'error')[]): string =>
    format.count((points ?? []).reduce((total, point) => total + kinds.reduce((part, kind) => part + point[kind], 0), 0));
  const summary =
    points === null || points.length === 0 ? text.trend.none : text.trend.summary(sum(['ok']), sum(['nok', 'unsure', 'error']));

  useEffect(() => {
    const { minute, error, unsure, nok, ok } = stackMinutes(points ?? [], live.status?.atMs ?? 0, minutes);
    plot.current?.setData([minute, ok, nok, unsure, error]);
  }, [points, words, live]);

  return (
    <Panel title={text.regions.trend} className={css.trend} aside={<p>{summary}</p>}>
      <div ref={box} className={css.plot} role="img" aria-label={summary} />
    </Panel>
  );
};
