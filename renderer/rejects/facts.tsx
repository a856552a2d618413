import type { PartRecord } from '../../electron/contract/record.ts';
import { useWords } from '../api/use.ts';
import type { Words } from '../text/language.ts';
import css from './detail.module.css';

/** What became of the part, and by what it was decided. */
export const DetailFacts = ({ record }: { record: PartRecord }) => {
  const words = useWords();
  return (
    <dl className={css.facts}>
      {factsOf(record, words).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const factsOf = (record: PartRecord, { text, format }: Words): [string, string][] => {
  const { detail } = text;
  const told = record.reject ? detail.told.reject : detail.told.pass;
  const after = record.gateAckMs === null ? '' : ` ${detail.after(format.tenths(record.gateAckMs))}`;
  const took = record.verdictMs === null ? '' : ` · ${detail.decidedIn(format.tenths(record.verdictMs))}`;
  return [
    [detail.gate, `${told}: ${detail.outcome[record.gate]}${after}`],
    [detail.decided, `${format.moment(record.decidedAtMs)}${took}`],
    [detail.model, record.model === '' ? '–' : `${record.model} ${record.modelVersion} · ${record.modelSha8}`],
    [detail.provider, record.provider === null ? '–' : text.tiles.provider[record.provider]],
    [detail.recipe, record.recipe],
    [detail.record, `${record.station} / ${record.lane} / ${record.sequence}`],
    [detail.frame, record.frameSequence === null ? '–' : format.count(record.frameSequence)],
    [detail.encoder, record.encoder === null ? '–' : format.count(record.encoder)],
  ];
};
