import { useView, useWords } from '../api/use.ts';
import { LiveText } from '../ui/liveText.tsx';
import css from './order.module.css';
import { Progress } from './progress.tsx';

/** The order of the MES that runs or comes next, and how far it is. */
export const Order = () => {
  const { text, format } = useWords();
  const job = useView((view) => view.slow?.job ?? null);
  if (job === null) return <p className={css.none}>{text.reports.noOrder}</p>;
  return (
    <div className={css.order}>
      <p className={css.name}>
        <b>{job.order}</b>
        <LiveText
          of={({ status }) => {
            const ok = status?.job?.order === job.order ? status.job.counts.ok : 0;
            return text.reports.of(format.count(ok), format.count(job.quantity));
          }}
        />
      </p>
      <Progress />
      <p className={css.lot}>{job.state === 'running' ? text.reports.lot(job.lot) : text.reports.waits}</p>
    </div>
  );
};
