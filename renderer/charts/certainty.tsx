import { useRef } from 'react';
import { useLive, useWords } from '../api/use.ts';
import css from './certainty.module.css';
import { drawSparkline } from './sparkline.ts';

/** How certain the last parts were: a slow sinking is seen here before quality falls. */
export const Certainty = () => {
  const { text } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<readonly number[] | null>(null);
  useLive((live) => {
    const values = live.lane()?.recentConfidence ?? null;
    if (canvas.current === null || values === null || values === drawn.current) return;
    drawn.current = values;
    drawSparkline(canvas.current, values, devicePixelRatio);
  });
  return (
    <figure className={css.certainty}>
      <figcaption>{text.figures.certainty}</figcaption>
      <canvas ref={canvas} role="img" aria-label={text.figures.certainty} />
    </figure>
  );
};
