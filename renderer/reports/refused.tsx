import { useState } from 'react';
import type { DeadLetter } from '../../electron/contract/api.ts';
import { type Caller, mayDo } from '../../electron/contract/roles.ts';
import { useAsked, useStation, useWords } from '../api/use.ts';
import { Dialog } from '../ui/dialog.tsx';
import css from './refused.module.css';

const askEveryMs = 2000;

/** Reports that the MES has refused for good: what it said, and what can be done about each. */
export const RefusedReports = ({ onClose }: { onClose: () => void }) => {
  const { text } = useWords();
  const me = useAsked('whoAmI', 60_000, (api, signal) => api.whoAmI.query(undefined, { signal }));
  const letters = useAsked('deadLetters', askEveryMs, (api, signal) => api.deadLetters.query(undefined, { signal }));
  return (
    <Dialog title={text.reports.refused} onClose={onClose}>
      <ul className={css.list}>
        {letters === null && <li className={css.none}>{text.detail.loading}</li>}
        {letters?.length === 0 && <li className={css.none}>{text.reports.noneRefused}</li>}
        {letters?.map((letter) => (
          <Refused key={`${letter.lane}/${letter.sequence}/${letter.atMs}`} letter={letter} role={me?.role ?? 'viewer'} />
        ))}
      </ul>
    </Dialog>
  );
};

/** One of them. Order and lot can be corrected by those who may; the record of the part stays as it is. */
const Refused = ({ letter, role }: { letter: DeadLetter; role: Caller['role'] }) => {
  const { text, format } = useWords();
  const { api } = useStation();
  const [order, setOrder] = useState(letter.correction.order ?? letter.order ?? '');
  const [lot, setLot] = useState(letter.correction.lot ?? letter.lot ?? '');
  const [state, setState] = useState<'there' | 'sent' | 'failed'>('there');
  const { lane, sequence } = letter;
  const resend = (): void => {
    const correction = {
      ...(order === '' || order === letter.order ? {} : { order }),
      ...(lot === '' || lot === letter.lot ? {} : { lot }),
    };
    setState('sent');
    api.resend.mutate({ lane, sequence, correction }).catch(() => setState('failed'));
  };
  return (
    <li className={css.letter}>
      <div className={css.text}>
        <h3>{text.part.number(String(letter.partId))}</h3>
        <p className={css.facts}>
          {text.verdict[letter.verdict]} · {lane} · {format.count(sequence)} · {format.moment(letter.atMs)}
        </p>
        <p>
          <i>{text.reports.said}:</i> {letter.why}
        </p>
        {mayDo(role, 'correct') && (
          <div className={css.fields}>
            <label>
              {text.reports.order} <input value={order} maxLength={64} onChange={({ target }) => setOrder(target.value)} />
            </label>
            <label>
              {text.reports.lotName} <input value={lot} maxLength={64} onChange={({ target }) => setLot(target.value)} />
            </label>
          </div>
        )}
        {state === 'failed' && <p role="alert">{text.reports.failed}</p>}
      </div>
      {mayDo(role, 'resend') ? (
        <button type="button" className={css.resend} disabled={state === 'sent'} onClick={resend}>
          {state === 'sent' ? text.reports.sent : text.reports.resend}
        </button>
      ) : (
        <p className={css.facts}>{text.reports.mayNot}</p>
      )}
    </li>
  );
};
