import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Words } from '../text/language.ts';

/** The colours of `theme.css`; a canvas knows no style sheet. Good parts are grey: only what is abnormal has a colour. */
const colours = { ok: '#a7afb6', nok: '#b01020', unsure: '#f0b400', error: '#6a2a9c' };
const ink = '#414950';
const grid = '#cdd2d6';

/** Bars, each drawn over the one behind it: the tallest (all parts) first. */
const bar = (colour: string): uPlot.Series => ({
  fill: colour,
  width: 0,
  paths: uPlot.paths.bars?.({ size: [0.82, 60] }),
  points: { show: false },
});

const trendOptions = (size: { width: number; height: number }, rem: number, { text, format }: Words): uPlot.Options => {
  const axis: uPlot.Axis = { font: `${Math.round(rem * 0.75)}px Inter`, stroke: ink, ticks: { show: false } };
  return {
    ...size,
    padding: [rem * 0.4, rem * 1.2, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, min, max) => [min - 0.6, max + 0.6] },
      y: { range: (_, __, max) => [0, Math.max(max, 10) * 1.05] },
    },
    axes: [
      {
        ...axis,
        size: rem * 1.3,
        gap: 3,
        grid: { show: false },
        splits: () => [-45, -30, -15, 0],
        values: (_, splits) => splits.map((at) => text.trend.minutesAgo(-at)),
      },
      {
        ...axis,
        size: rem * 2.9,
        gap: 4,
        space: rem * 2.2,
        grid: { stroke: grid, width: 1 },
        values: (_, splits) => splits.map(format.count),
      },
    ],
    series: [{}, bar(colours.ok), bar(colours.nok), bar(colours.unsure), bar(colours.error)],
  };
};

/** A chart that fills its box. */
export interface Drawing {
  draw(data: uPlot.AlignedData): void;
  end(): void;
}

/** Keeps a chart in `box`, also when the window changes its size; a canvas knows no `rem`, so it is made anew with it. */
export const keepDrawing = (box: HTMLElement, words: Words): Drawing => {
  let data: uPlot.AlignedData = [[], [], [], [], []];
  let rem = 0;
  let plot: uPlot | null = null;
  const fit = (): void => {
    const size = { width: box.clientWidth, height: box.clientHeight };
    const remNow = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (plot !== null && rem === remNow) return plot.setSize(size);
    plot?.destroy();
    rem = remNow;
    plot = new uPlot(trendOptions(size, rem, words), data, box);
  };
  const watch = new ResizeObserver(fit);
  watch.observe(box);
  // A canvas does not wait for a font as text does.
  void document.fonts.load('1rem Inter').then(() => plot?.redraw(false, true));
  return {
    draw(next) {
      data = next;
      plot?.setData(next);
    },
    end() {
      watch.disconnect();
      plot?.destroy();
    },
  };
};
