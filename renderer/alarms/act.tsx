import { useState } from 'react';
import type { Alarm } from '../../electron/contract/alarms.ts';
import { mayDo } from '../../electron/contract/roles.ts';
import type { Station } from '../api/station.ts';
import { useAsked, useStation, useWords } from '../api/use.ts';
import css from './list.module.css';

/** What a person may do about an alarm, and who: the interlocks of its lane are reset, what is in safe mode is started. */
const actOf = ({ resets, startsAgain }: Alarm) => {
  if (resets !== undefined)
    return { may: 'resetInterlocks', act: (api: Station['api']) => api.resetInterlocks.mutate({ lane: resets }) } as const;
  if (startsAgain === true)
    return { may: 'startAgain', act: (api: Station['api']) => api.startAgain.mutate().then(() => true) } as const;
  return null;
};

/** For those who may: the cause is seen to. The alarm goes when the station says so. */
export const ActButton = ({ alarm }: { alarm: Alarm }) => {
  const { text } = useWords();
  const { api } = useStation();
  const me = useAsked('whoAmI', 60_000, (asked, signal) => asked.whoAmI.query(undefined, { signal }));
  const [state, setState] = useState<'there' | 'sent' | 'failed'>('there');
  const offered = actOf(alarm);
  if (offered === null || !mayDo(me?.role ?? 'viewer', offered.may)) return null;
  const act = async (): Promise<void> => {
    setState('sent');
    const isTold = await offered.act(api).catch(() => false);
    if (!isTold) setState('failed');
  };
  const words = text.alarms[offered.may];
  return (
    <div className={css.act}>
      {state === 'failed' && <p role="alert">{words.failed}</p>}
      <button type="button" className={css.seen} disabled={state === 'sent'} onClick={() => void act()}>
        {state === 'sent' ? words.sent : words.offer}
      </button>
    </div>
  );
};
