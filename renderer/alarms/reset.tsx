import { useState } from 'react';
import { mayDo } from '../../electron/contract/roles.ts';
import { useAsked, useStation, useWords } from '../api/use.ts';
import css from './list.module.css';

/** For those who may: the cause is seen to, the lane's interlocks are reset. The alarm goes when the inspection says so. */
export const ResetButton = ({ lane }: { lane: string }) => {
  const { text } = useWords();
  const { api } = useStation();
  const me = useAsked('whoAmI', 60_000, (asked, signal) => asked.whoAmI.query(undefined, { signal }));
  const [state, setState] = useState<'there' | 'sent' | 'failed'>('there');
  if (!mayDo(me?.role ?? 'viewer', 'resetInterlocks')) return null;
  const reset = async (): Promise<void> => {
    setState('sent');
    const isTold = await api.resetInterlocks.mutate({ lane }).catch(() => false);
    if (!isTold) setState('failed');
  };
  return (
    <div className={css.reset}>
      {state === 'failed' && <p role="alert">{text.alarms.notReset}</p>}
      <button type="button" className={css.seen} disabled={state === 'sent'} onClick={() => void reset()}>
        {state === 'sent' ? text.alarms.resetting : text.alarms.reset}
      </button>
    </div>
  );
};
