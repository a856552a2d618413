import type { Spread } from '../../electron/contract/facts.ts';
import { useWords } from '../api/use.ts';
import { Certainty } from '../charts/certainty.tsx';
import { Order } from '../reports/order.tsx';
import type { Format } from '../text/language.ts';
import { LiveText } from '../ui/liveText.tsx';
import type { Tile } from './tiles.ts';
import css from './tiles.module.css';

/** The figures of a part of the line that is well. */
export const TileFacts = ({ tile }: { tile: Tile }) => {
  const facts = { camera: CameraFacts, plc: PlcFacts, model: ModelFacts, mes: MesFacts };
  const Facts = facts[tile.name];
  return tile.tone === 'unknown' ? (
    <p className={css.detail}>{tile.detail}</p>
  ) : (
    <>
      {tile.detail !== '' && <p className={css.detail}>{tile.detail}</p>}
      <Facts />
    </>
  );
};

const spread = (of: Spread | null | undefined, format: Format): string =>
  of === null || of === undefined ? '–' : `${format.tenths(of.p50)} · ${format.tenths(of.p99)} ms`;

const Figure = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <p className={css.figure}>
    <span>{label}</span>
    <b>{children}</b>
  </p>
);

const CameraFacts = () => {
  const { text, format } = useWords();
  const { figures } = text;
  return (
    <>
      <Figure label={figures.rate}>
        <LiveText of={(live) => `${format.tenths(live.lane()?.camera.fps ?? 0)} ${figures.perSecond}`} />
      </Figure>
      <Figure label={figures.lost}>
        <LiveText of={(live) => format.count(live.lane()?.camera.dropped ?? 0)} />
      </Figure>
    </>
  );
};

const PlcFacts = () => {
  const { text, format } = useWords();
  return (
    <>
      <Figure label={text.figures.belt}>
        <LiveText of={(live) => (live.lane()?.plc.lineRunning === true ? text.figures.runs : text.figures.stands)} />
      </Figure>
      <Figure label={text.figures.gate}>
        <LiveText of={(live) => spread(live.lane()?.latency.gateAckMs, format)} />
      </Figure>
      <Figure label={text.figures.heartbeat}>
        <LiveText of={(live) => `${format.count(live.lane()?.plc.heartbeatAgeMs ?? 0)} ms`} />
      </Figure>
    </>
  );
};

const ModelFacts = () => {
  const { text, format } = useWords();
  return (
    <>
      <Figure label={text.figures.verdict}>
        <LiveText of={(live) => spread(live.lane()?.latency.verdictMs, format)} />
      </Figure>
      <Certainty />
    </>
  );
};

const MesFacts = () => {
  const { text, format } = useWords();
  const { figures } = text;
  return (
    <>
      <Figure label={`${figures.reported} · ${figures.waiting}`}>
        <LiveText
          of={({ status }) => `${format.count(status?.mes.acknowledged ?? 0)} · ${format.count(status?.mes.waiting ?? 0)}`}
        />
      </Figure>
      <Order />
    </>
  );
};
