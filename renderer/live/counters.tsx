import type { LaneCounts } from '../../electron/contract/facts.ts';
import { verdictKinds } from '../../electron/contract/verdict.ts';
import type { Live } from '../api/live.ts';
import { useWords } from '../api/use.ts';
import { LiveText } from '../ui/liveText.tsx';
import { Panel } from '../ui/panel.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import css from './counters.module.css';
import { Late } from './late.tsx';

const countOf =
  (what: keyof LaneCounts, write: (n: number) => string) =>
  (live: Live): string => {
    const counts = live.lane()?.counts;
    return counts === undefined ? '–' : write(counts[what]);
  };

/** How many parts, and what became of them. */
export const Counters = () => {
  const { text, format } = useWords();
  const yieldNow = (live: Live): string => {
    const counts = live.lane()?.counts;
    return counts === undefined || counts.parts === 0 ? '–' : format.yield(counts.ok / counts.parts);
  };
  return (
    <Panel title={text.regions.counters} className={css.counters}>
      <dl className={css.large}>
        <div>
          <dt>{text.counters.parts}</dt>
          <dd>
            <LiveText of={countOf('parts', format.count)} />
          </dd>
        </div>
        <div>
          <dt>{text.counters.yield}</dt>
          <dd>
            <LiveText of={yieldNow} />
          </dd>
        </div>
      </dl>
      <dl className={css.small}>
        {verdictKinds.map((kind) => (
          <div key={kind}>
            <dt>
              <VerdictShape kind={kind} />
              {text.counters[kind]}
            </dt>
            <dd>
              <LiveText of={countOf(kind, format.count)} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{text.counters.rejected}</dt>
          <dd>
            <LiveText of={countOf('rejected', format.count)} />
          </dd>
        </div>
        <Late>
          <LiveText of={countOf('late', format.count)} />
        </Late>
      </dl>
    </Panel>
  );
};
