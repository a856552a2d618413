import { useEffect, useState } from 'react';
import type { PartSummary } from '../../electron/contract/api.ts';
import { useWords } from '../api/use.ts';
import css from './partPicture.module.css';

/** A record may be on the disk a moment before its picture: so often and so long after it is asked for again. */
const tries = 3;
const againMs = 1200;

/** A judged part's picture is kept; after so long without it, it was lost. */
const onItsWayMs = 4000;

/** Whether less than `ms` have passed since the component came. */
const useIsYoung = (ms: number): boolean => {
  const [isYoung, setYoung] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setYoung(false), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return isYoung;
};

/** The kept picture of a part; its place stays the same when there is none. */
export const PartPicture = ({ part, isLarge = false }: { part: PartSummary; isLarge?: boolean }) => {
  const { text } = useWords();
  const [attempt, setAttempt] = useState(0);
  const isYoung = useIsYoung(onItsWayMs);
  const none = isLarge ? text.detail.pictureGone : text.rejects.noPicture;
  const again = (): void => void setTimeout(() => setAttempt(attempt + 1), againMs);
  const address = `/${isLarge ? 'pictures' : 'thumbnails'}/${encodeURIComponent(part.lane)}/${part.sequence}.jpg`;
  return (
    <span className={isLarge ? css.large : css.small}>
      {part.hasPicture && attempt < tries ? (
        <>
          <span className={css.none} aria-hidden="true">
            {text.detail.loading}
          </span>
          <img
            key={attempt}
            src={attempt === 0 ? address : `${address}?${attempt}`}
            alt=""
            decoding="async"
            draggable={false}
            onError={again}
          />
        </>
      ) : (
        <span className={css.none}>{isYoung && part.verdict !== 'error' ? text.detail.loading : none}</span>
      )}
    </span>
  );
};
