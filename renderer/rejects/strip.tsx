import { useState } from 'react';
import type { PartSummary } from '../../electron/contract/api.ts';
import { useAsked, useStation, useView, useWords } from '../api/use.ts';
import { Panel } from '../ui/panel.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import { PartPicture } from './partPicture.tsx';
import css from './strip.module.css';
import { useCalm } from './useCalm.ts';

const most = 16;

/** The last parts that were not ok, newest first; touch one to see it large. */
export const RejectStrip = () => {
  const { text } = useWords();
  const lane = useView((view) => view.lane);
  const isOpen = useView((view) => view.open !== null);
  const [isTouched, setTouched] = useState(false);
  const key = `rejects/${lane}`;
  const newest = useAsked(key, 1000, async (api, signal) =>
    lane === null ? null : api.recentParts.query({ lane, verdicts: ['nok', 'unsure', 'error'], limit: most }, { signal }),
  );
  const parts = useCalm(key, newest, isTouched || isOpen);
  return (
    <Panel title={text.regions.rejects} className={css.strip} aside={isTouched && <p>{text.rejects.held}</p>}>
      {parts !== null && parts.length === 0 ? (
        <p className={css.none}>
          <b>{text.rejects.none}</b> {text.rejects.noneDetail}
        </p>
      ) : (
        <ul className={css.cards} onPointerEnter={() => setTouched(true)} onPointerLeave={() => setTouched(false)}>
          {parts?.map((part) => (
            <Card key={`${part.lane}/${part.sequence}`} part={part} />
          ))}
        </ul>
      )}
    </Panel>
  );
};

const Card = ({ part }: { part: PartSummary }) => {
  const { text, format } = useWords();
  const { view } = useStation();
  return (
    <li>
      <button type="button" className={css.card} onClick={() => view.setState({ open: part })}>
        <PartPicture part={part} />
        <span className={css.reason}>
          <VerdictShape kind={part.verdict} />
          <span className="spoken">{text.verdict[part.verdict]}</span>
          <span>{format.reason(part.reason)}</span>
        </span>
        <span className={css.when}>{format.clockSeconds(part.decidedAtMs)}</span>
        <span className="spoken">{text.rejects.open(format.count(part.partId))}</span>
      </button>
    </li>
  );
};
