import { useRef } from 'react';
import { verdictKinds } from '../../electron/contract/verdict.ts';
import { useLive, useWords } from '../api/use.ts';
import { LiveText } from '../ui/liveText.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import css from './verdict.module.css';

/** From then on the verdict is told with its age, for the next part is overdue. */
const oldMs = 3000;

/** The verdict on the part in the picture, to be read from three metres. */
export const Verdict = () => {
  const { text, format } = useWords();
  const panel = useRef<HTMLElement>(null);
  useLive(({ verdict }, nowMs) => {
    if (panel.current === null) return;
    panel.current.dataset['kind'] = verdict?.of.kind ?? 'none';
    panel.current.dataset['age'] = verdict !== null && nowMs - verdict.atMs > oldMs ? 'old' : 'new';
  });
  return (
    <section ref={panel} className={css.verdict} data-kind="none" aria-label={text.regions.verdict}>
      {verdictKinds.map((kind) => (
        <p key={kind} className={css.word} data-of={kind}>
          <VerdictShape kind={kind} />
          {text.verdict[kind]}
        </p>
      ))}
      <p className={css.none}>
        <b>{text.part.none}</b>
        {text.part.noneDetail}
      </p>
      <p className={css.facts}>
        <LiveText className={css.reason} of={({ verdict }) => (verdict === null ? '' : reasonOf(verdict.of, text.verdictMeans.ok, format.reason))} />
        <LiveText of={({ verdict }) => (verdict === null || verdict.of.kind === 'error' ? '' : format.percent(verdict.of.confidence))} />
        <LiveText of={({ verdict }) => (verdict === null ? '' : text.part.number(format.count(verdict.of.partId)))} />
        <LiveText
          className={css.age}
          of={({ verdict }, nowMs) =>
            verdict === null || nowMs - verdict.atMs <= oldMs ? '' : text.part.ago(format.age(nowMs - verdict.atMs))
          }
        />
      </p>
    </section>
  );
};

const reasonOf = ({ kind, reason }: { kind: string; reason: string }, good: string, say: (reason: string) => string): string =>
  kind === 'ok' ? good : say(reason);
