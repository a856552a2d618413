import type { VerdictKind } from '../../electron/contract/verdict.ts';
import css from './shape.module.css';

/** An outline of its own for every verdict, so that none depends on colour: circle, octagon, triangle, diamond. */
const outlines: Record<VerdictKind, { body: string; sign: string }> = {
  ok: { body: 'M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z', sign: 'm7 12.4 3.5 3.6L17 8.6' },
  nok: { body: 'M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z', sign: 'm8 8 8 8m0-8-8 8' },
  unsure: { body: 'M12 1.4 23.2 22H.8z', sign: 'M9.6 11.2a2.4 2.4 0 1 1 3.7 2c-.9.6-1.3 1-1.3 1.9m0 3v.1' },
  error: { body: 'M12 .8 23.2 12 12 23.2.8 12z', sign: 'M12 6.6v6.2m0 4v.1' },
};

export const VerdictShape = ({ kind }: { kind: VerdictKind }) => (
  <svg className={css.shape} data-kind={kind} viewBox="0 0 24 24" aria-hidden="true">
    <path className={css.body} d={outlines[kind].body} />
    <path className={css.sign} d={outlines[kind].sign} />
  </svg>
);
