import { useId, useState } from 'react';
import type { PartRecord } from '../../electron/contract/record.ts';
import { mayDo } from '../../electron/contract/roles.ts';
import { useAsked, useStation, useWords } from '../api/use.ts';
import css from './ask.module.css';

/** For those who may: a known part was sent through the gate, and this is how that went. */
export const ChallengeButtons = ({ record: { lane, sequence } }: { record: PartRecord }) => {
  const { text } = useWords();
  const { api } = useStation();
  const id = useId();
  const me = useAsked('whoAmI', 60_000, (asked, signal) => asked.whoAmI.query(undefined, { signal }));
  const [state, setState] = useState<'asked' | 'noted' | 'failed'>('asked');
  if (!mayDo(me?.role ?? 'viewer', 'challenge')) return null;
  const note = async (passed: boolean): Promise<void> => {
    const isNoted = await api.noteChallenge.mutate({ lane, sequence, passed }).catch(() => false);
    setState(isNoted ? 'noted' : 'failed');
  };
  return (
    <div className={css.ask} role="group" aria-labelledby={id}>
      <span id={id}>{text.detail.challenge}</span>
      <button type="button" onClick={() => void note(true)}>
        {text.detail.passed}
      </button>
      <button type="button" onClick={() => void note(false)}>
        {text.detail.notPassed}
      </button>
      <p role="status">
        {state === 'noted' && text.detail.challengeNoted}
        {state === 'failed' && text.detail.challengeFailed}
      </p>
    </div>
  );
};
