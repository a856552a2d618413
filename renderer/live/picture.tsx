import { useRef } from 'react';
import type { PreviewHeader } from '../../electron/contract/api.ts';
import type { Live } from '../api/live.ts';
import { useLive, useWords } from '../api/use.ts';
import { LiveText } from '../ui/liveText.tsx';
import { isBad } from './admit.ts';
import css from './picture.module.css';

/** A picture that is older says so. */
const oldMs = 2000;

/** The live picture with the region that is inspected. */
export const Picture = () => {
  const { text, format } = useWords();
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const region = useRef<SVGSVGElement>(null);
  const drawn = useRef<Live['picture']>(null);
  useLive(({ picture, shown }, nowMs) => {
    if (frame.current === null || canvas.current === null || region.current === null) return;
    frame.current.dataset['is'] =
      picture === null ? 'empty' : nowMs - picture.atMs > oldMs ? 'old' : isBad(shown.kind) ? 'held' : 'live';
    if (picture === drawn.current) return;
    drawn.current = picture;
    const bitmap = picture?.bitmap ?? null;
    if (picture === null || bitmap === null) return;
    drawBitmap(canvas.current, bitmap);
    drawRegion(region.current, picture.header);
  });
  return (
    <section ref={frame} className={css.picture} data-is="empty" aria-label={text.regions.live}>
      <canvas ref={canvas} className={css.canvas} width={16} height={9} role="img" aria-label={text.picture.alt} />
      <svg ref={region} className={css.region} aria-hidden="true">
        <rect className={css.halo} />
        <rect className={css.box} />
      </svg>
      <p className={css.empty}>{text.picture.none}</p>
      <p className={css.held}>{text.picture.held}</p>
      <p className={css.old} role="status">
        <LiveText of={({ picture }, nowMs) => (picture === null ? '' : text.picture.age(format.age(nowMs - picture.atMs)))} />
      </p>
    </section>
  );
};

/** The bitmap is handed over, not copied. The canvas keeps its own size, which decides about the picture's shape. */
const drawBitmap = (canvas: HTMLCanvasElement, bitmap: ImageBitmap): void => {
  const { width, height } = bitmap;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
};

/** The box lies over the picture in its own coordinates, so it stays sharp at every size. */
const drawRegion = (svg: SVGSVGElement, { roi, frameSize, verdict }: PreviewHeader): void => {
  set(svg, 'viewBox', `0 0 ${frameSize.width} ${frameSize.height}`);
  svg.dataset['kind'] = verdict?.kind ?? 'none';
  for (const box of svg.children) for (const side of ['x', 'y', 'width', 'height'] as const) set(box, side, String(roi[side]));
};

const set = (element: Element, name: string, value: string): void => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};
