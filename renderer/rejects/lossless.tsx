import { useState } from 'react';
import type { PartSummary } from '../../electron/contract/api.ts';
import { mayDo } from '../../electron/contract/roles.ts';
import { useAsked, useStation, useWords } from '../api/use.ts';
import css from './ask.module.css';

/** As many as somebody will look through. */
const count = 10;

/** Whether this picture is as the camera gave it; and, for those who may, that the next of its verdict be kept so. */
export const LosslessButton = ({ part: { lane, verdict, isLossless } }: { part: PartSummary }) => {
  const { text } = useWords();
  const { api } = useStation();
  const me = useAsked('whoAmI', 60_000, (asked, signal) => asked.whoAmI.query(undefined, { signal }));
  const [state, setState] = useState<'there' | 'asked' | 'failed'>('there');
  const ask = async (): Promise<void> => {
    const isAsked = await api.keepLossless.mutate({ lane, count, verdict }).catch(() => false);
    setState(isAsked ? 'asked' : 'failed');
  };
  return (
    <div className={css.ask}>
      {isLossless && <p>{text.detail.losslessIs}</p>}
      {mayDo(me?.role ?? 'viewer', 'keepLossless') && (
        <button type="button" disabled={state === 'asked'} onClick={() => void ask()}>
          {text.detail.lossless(count)}
        </button>
      )}
      <p role="status">
        {state === 'asked' && text.detail.losslessAsked}
        {state === 'failed' && text.detail.losslessFailed}
      </p>
    </div>
  );
};
