import { useRef } from 'react';
import { type VerdictKind, verdictKinds } from '../../electron/contract/verdict.ts';
import type { Live } from '../api/live.ts';
import { useLive, useView, useWords } from '../api/use.ts';
import { isJudging, lineState } from '../state/lineState.ts';
import type { Words } from '../text/language.ts';
import { LiveText } from '../ui/liveText.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import css from './verdict.module.css';

/** From then on the verdict is told with its age: the next part is overdue, or the line is slow. */
const oldMs = 3000;

/** The verdict on the part in the picture, to be read from three metres; none where none is being made. */
export const Verdict = () => {
  const words = useWords();
  const { text } = words;
  const link = useView((view) => view.link);
  const slow = useView((view) => view.slow);
  const lane = useView((view) => view.lane);
  const isNow = isJudging(lineState({ link, slow, lane }));
  const panel = useRef<HTMLElement>(null);
  useLive(({ verdict }) => {
    if (panel.current !== null) panel.current.dataset['kind'] = verdict === null ? 'none' : isNow ? verdict.of.kind : 'past';
  });
  return (
    <section ref={panel} className={css.verdict} data-kind="none" aria-label={text.regions.verdict}>
      {verdictKinds.map((kind) => (
        <p key={kind} className={css.word} data-of={kind}>
          <VerdictShape kind={kind} />
          {text.verdict[kind]}
        </p>
      ))}
      <p className={css.facts}>
        <LiveText className={css.reason} of={({ verdict }) => (verdict === null ? '' : reasonOf(verdict, words))} />
        <LiveText of={({ verdict }) => certaintyOf(verdict, words)} />
        <LiveText of={({ verdict }) => partOf(verdict, words)} />
        <LiveText className={css.age} of={({ verdict }, nowMs) => ageOf(verdict, nowMs, words)} />
      </p>
      <p className={css.none}>
        <b>{text.part.none}</b>
        {text.part.noneDetail}
      </p>
      <p className={css.past}>
        <b>{text.part.noVerdict}</b>
        <LiveText of={({ verdict }, nowMs) => lastOf(verdict, nowMs, words)} />
      </p>
    </section>
  );
};

type Newest = Live['verdict'];

const reasonOf = (newest: NonNullable<Newest>, { text, format }: Words): string =>
  newest.of.kind === 'ok' ? text.verdictMeans.ok : format.reason(newest.of.reason);

const certaintyOf = (newest: Newest, { format }: Words): string =>
  newest === null || newest.of.kind === 'error' ? '' : format.certainty(newest.of.confidence);

const partOf = (newest: Newest, { text, format }: Words): string =>
  newest === null ? '' : text.part.number(format.count(newest.of.partId));

const ageOf = (newest: Newest, nowMs: number, { text, format }: Words): string =>
  newest === null || nowMs - newest.atMs <= oldMs ? '' : text.part.ago(format.age(nowMs - newest.atMs));

const lastOf = (newest: Newest, nowMs: number, words: Words): string => {
  if (newest === null) return '';
  const { text, format } = words;
  const word = text.verdict[newest.of.kind as VerdictKind];
  return text.part.last(word, reasonOf(newest, words), partOf(newest, words), format.age(nowMs - newest.atMs));
};
