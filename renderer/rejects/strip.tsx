import { useRef } from 'react';
import type { PartSummary } from '../../electron/contract/api.ts';
import { useAsked, useStation, useView, useWords } from '../api/use.ts';
import { Panel } from '../ui/panel.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import { PartPicture } from './partPicture.tsx';
import css from './strip.module.css';
import { useCalm } from './useCalm.ts';
import { useRoom } from './useRoom.ts';
import { useTouched } from './useTouched.ts';

const most = 24;

/** The last parts that were not ok, newest first; touch one to see it large. */
export const RejectStrip = () => {
  const { text } = useWords();
  const lane = useView((view) => view.lane);
  const isOpen = useView((view) => view.open !== null);
  const grid = useRef<HTMLUListElement>(null);
  const room = useRoom(grid);
  const { isTouched, handlers } = useTouched();
  const key = `rejects/${lane}`;
  const newest = useAsked(key, 1000, async (api, signal) =>
    lane === null ? null : api.recentParts.query({ lane, verdicts: ['nok', 'unsure', 'error'], limit: most }, { signal }),
  );
  const parts = withNews(useCalm(key, newest, isTouched || isOpen), newest);
  return (
    <Panel title={text.regions.rejects} className={css.strip} aside={isTouched && <p>{text.rejects.held}</p>}>
      {parts === null && <p className={css.none}>{text.detail.loading}</p>}
      {parts?.length === 0 && (
        <p className={css.none}>
          <b>{text.rejects.none}</b> {text.rejects.noneDetail}
        </p>
      )}
      <ul ref={grid} className={css.cards} {...handlers}>
        {parts?.slice(0, room).map((part) => (
          <Card key={`${part.lane}/${part.sequence}`} part={part} />
        ))}
      </ul>
    </Panel>
  );
};

/** Cards keep their place, but what is known of them is new: a picture may come a moment after its record. */
const withNews = (shown: PartSummary[] | null, newest: PartSummary[] | null): PartSummary[] | null => {
  const news = new Map(newest?.map((part) => [part.sequence, part]));
  return shown?.map((part) => news.get(part.sequence) ?? part) ?? null;
};

const Card = ({ part }: { part: PartSummary }) => {
  const { text, format } = useWords();
  const { view } = useStation();
  return (
    <li>
      <button type="button" className={css.card} onClick={() => view.setState({ open: part })}>
        <span className={css.picture}>
          <PartPicture part={part} />
          <span className={css.when}>
            {format.clockSeconds(part.decidedAtMs)}
            {part.isLossless && ' · PNG'}
          </span>
        </span>
        <span className={css.reason}>
          <VerdictShape kind={part.verdict} />
          <span className="spoken">{text.verdict[part.verdict]}</span>
          <span>{format.reason(part.reason)}</span>
        </span>
        <span className="spoken">{text.rejects.open(format.count(part.partId))}</span>
      </button>
    </li>
  );
};
