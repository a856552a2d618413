import { useAsked, useView, useWords } from '../api/use.ts';
import { Panel } from '../ui/panel.tsx';
import css from './pareto.module.css';

const hours = 8;
const mostBars = 6;

/** The most frequent defects of a shift, most frequent first. */
export const Pareto = () => {
  const { text, format } = useWords();
  const lane = useView((view) => view.lane);
  const bars = useAsked(`pareto/${lane}`, 5000, async (api, signal) =>
    lane === null ? null : api.pareto.query({ lane, hours }, { signal }),
  );
  const most = bars?.[0]?.count ?? 1;
  const all = (bars ?? []).reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title={text.regions.pareto} className={css.pareto}>
      {bars !== null && bars.length === 0 ? (
        <p className={css.none}>{text.pareto.none}</p>
      ) : (
        <ol className={css.bars}>
          {(bars ?? []).slice(0, mostBars).map(({ reason, count }) => (
            <li key={reason}>
              <span className={css.reason}>{format.reason(reason)}</span>
              <span className={css.track} aria-hidden="true">
                <span className={css.bar} style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className={css.count}>{format.count(count)}</span>
              <span className={css.share}>{format.percent(count / all)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
};
