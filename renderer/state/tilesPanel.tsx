import IconCamera from '@tabler/icons-react/dist/esm/icons/IconCamera.mjs';
import IconCpu from '@tabler/icons-react/dist/esm/icons/IconCpu.mjs';
import IconDatabase from '@tabler/icons-react/dist/esm/icons/IconDatabase.mjs';
import IconRouteAltRight from '@tabler/icons-react/dist/esm/icons/IconRouteAltRight.mjs';
import { useView, useWords } from '../api/use.ts';
import { RefusedButton } from '../reports/refusedButton.tsx';
import { StateShape } from './shape.tsx';
import { TileFacts } from './tileFacts.tsx';
import { type Tile, type TileName, tilesOf } from './tiles.ts';
import css from './tiles.module.css';
import { TroubleText } from './trouble.tsx';

const icons = { camera: IconCamera, plc: IconRouteAltRight, model: IconCpu, mes: IconDatabase } satisfies Record<
  TileName,
  unknown
>;

/** How camera, gate, model and MES are; what is not fine says what happened, what goes on meanwhile, and what to do. */
export const Tiles = () => {
  const { text } = useWords();
  const slow = useView((view) => view.slow);
  const lane = useView((view) => view.lane);
  const looked = slow?.lanes?.find((each) => each.lane === lane) ?? null;
  return (
    <section className={css.tiles} aria-label={text.regions.tiles}>
      {tilesOf(looked, slow?.mes ?? null, text).map((tile) => (
        <StateTile key={tile.name} tile={tile} />
      ))}
    </section>
  );
};

const StateTile = ({ tile }: { tile: Tile }) => {
  const { text } = useWords();
  const Icon = icons[tile.name];
  const hasRefused = useView((view) => (view.slow?.deadLetters ?? 0) > 0);
  return (
    <article
      className={css.tile}
      data-name={tile.name}
      data-tone={tile.tone}
      data-crowded={tile.name === 'mes' && hasRefused}
      aria-label={text.tiles[tile.name]}
    >
      <header className={css.head}>
        <Icon size="1.5rem" stroke={1.6} aria-hidden="true" />
        <h2>{text.tiles[tile.name]}</h2>
        <b>{tile.word}</b>
        <StateShape tone={tile.tone} />
      </header>
      {tile.trouble === null ? <TileFacts tile={tile} /> : <TroubleText trouble={tile.trouble} />}
      {tile.name === 'mes' && <RefusedButton />}
    </article>
  );
};
