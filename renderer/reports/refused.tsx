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
  const role = me?.role ?? 'viewer';
  return (
    <Dialog title={text.reports.refused} onClose={onClose}>
      {letters !== null && letters.length > 1 && mayDo(role, 'resend') && <ResendAll letters={letters} />}
      <ul className={css.list}>
        {letters === null && <li className={css.none}>{text.detail.loading}</li>}
        {letters?.length === 0 && <li className={css.none}>{text.reports.noneRefused}</li>}
        {letters?.map((letter) => (
          <Refused key={`${letter.station}/${letter.lane}/${letter.sequence}/${letter.atMs}`} letter={letter} role={role} />
        ))}
      </ul>
    </Dialog>
  );
};

/** Sends all that are listed again as they are, one after the other: what the MES was wrong about is over for all of them. */
const ResendAll = ({ letters }: { letters: readonly DeadLetter[] }) => {
  const { text, format } = useWords();
  const { api } = useStation();
  const [state, setState] = useState<'there' | 'sending' | 'failed'>('there');
  const resendAll = async (): Promise<void> => {
    setState('sending');
    try {
      for (const { station, lane, sequence } of letters) await api.resend.mutate({ station, lane, sequence, correction: {} });
      setState('there');
    } catch {
      setState('failed');
    }
  };
  return (
    <p className={css.all}>
      <button type="button" className={css.resend} disabled={state === 'sending'} onClick={() => void resendAll()}>
        {text.reports.resend} ({format.count(letters.length)})
      </button>
      {state === 'failed' && <span role="alert">{text.reports.failed}</span>}
    </p>
  );
};

/** What the record says, or nothing, takes a correction back. */
const asCorrected = (typed: string, recorded: string | null): string | null =>
  typed === '' || typed === recorded ? null : typed;

/** One of them. Order and lot can be corrected by those who may; the record of the part stays as it is. */
const Refused = ({ letter, role }: { letter: DeadLetter; role: Caller['role'] }) => {
  const { text, format } = useWords();
  const { api } = useStation();
  const shown = { order: letter.correction.order ?? letter.order ?? '', lot: letter.correction.lot ?? letter.lot ?? '' };
  const [order, setOrder] = useState(shown.order);
  const [lot, setLot] = useState(shown.lot);
  const [state, setState] = useState<'there' | 'sent' | 'failed'>('there');
  const { station, lane, sequence } = letter;
  const resend = (): void => {
    // Only what was changed now: what another has corrected stays, and needs no right to correct.
    const correction = {
      ...(order === shown.order ? {} : { order: asCorrected(order, letter.order) }),
      ...(lot === shown.lot ? {} : { lot: asCorrected(lot, letter.lot) }),
    };
    setState('sent');
    api.resend.mutate({ station, lane, sequence, correction }).catch(() => setState('failed'));
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
