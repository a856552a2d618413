import type { PartSummary } from '../../electron/contract/api.ts';
import type { PartRecord } from '../../electron/contract/record.ts';
import { useAsked, useStation, useView, useWords } from '../api/use.ts';
import type { Words } from '../text/language.ts';
import { Dialog } from '../ui/dialog.tsx';
import { VerdictShape } from '../ui/shape.tsx';
import { ChallengeButtons } from './challenge.tsx';
import css from './detail.module.css';
import { DetailFacts } from './facts.tsx';
import { LosslessButton } from './lossless.tsx';
import { PartPicture } from './partPicture.tsx';
import { Scores } from './scores.tsx';

/** A part that does not change is asked for once; this is for one whose record is still on its way. */
const againMs = 2000;

/** One part, large: its picture, why it was decided so, and what became of it. */
export const RejectDetail = ({ part }: { part: PartSummary }) => {
  const words = useWords();
  const { text, format } = words;
  const { view } = useStation();
  const models = useView((state) => state.slow?.lanes?.find(({ lane }) => lane === part.lane)?.model ?? null);
  const answer = useAsked(`part/${part.lane}/${part.sequence}`, againMs, async (api, signal) => ({
    record: await api.part.query({ lane: part.lane, sequence: part.sequence }, { signal }),
  }));
  const record = answer?.record ?? null;
  return (
    <Dialog
      className={css.dialog}
      onClose={() => view.setState({ open: null })}
      title={
        <span className={css.title}>
          <VerdictShape kind={part.verdict} />
          <span>
            {text.verdict[part.verdict]} · {format.reason(part.reason)}{' '}
            <small>{text.part.number(format.count(part.partId))}</small>
          </span>
        </span>
      }
    >
      <div className={css.body}>
        <div className={css.picture}>
          <PartPicture part={part} isLarge />
        </div>
        <div className={css.text}>
          <h3>{text.detail.why}</h3>
          <p className={css.why}>{whyOf(part, record, words)}</p>
          {record !== null ? (
            <>
              <Scores record={record} model={models} />
              <DetailFacts record={record} />
            </>
          ) : (
            <p className={css.wait}>{answer === null ? text.detail.loading : text.detail.gone}</p>
          )}
        </div>
        {record !== null && (
          <div className={css.acts}>
            <ChallengeButtons record={record} />
            <LosslessButton part={part} />
          </div>
        )}
      </div>
    </Dialog>
  );
};

const whyOf = (part: PartSummary, record: PartRecord | null, { text, format }: Words): string => {
  const share = format.certainty(part.confidence);
  switch (part.verdict) {
    case 'ok':
      return text.detail.ok(share);
    case 'nok':
      return text.detail.nok(format.reason(part.reason), share);
    case 'unsure':
      return text.detail.unsure(format.reason(record?.label ?? part.reason), share);
    case 'error':
      return text.detail.error(format.reason(part.reason));
  }
};
