/** Below it, no verdict of ours is certain; the chart need not show more. */
const lowest = 0.4;

/**
 * Draws shares of 0…1, oldest first, as dots on a scale from {@link lowest} to 1. Dots and not a line: neighbours are
 * different parts, and what lies between them is nothing.
 */
export const drawSparkline = (canvas: HTMLCanvasElement, values: readonly number[], pixelRatio: number): void => {
  const width = Math.round(canvas.clientWidth * pixelRatio);
  const height = Math.round(canvas.clientHeight * pixelRatio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  const dot = Math.max(2, 1.6 * pixelRatio);
  const yOf = (share: number): number => (1 - (Math.max(share, lowest) - lowest) / (1 - lowest)) * (height - dot) + dot / 2;
  context.clearRect(0, 0, width, height);
  context.fillStyle = '#a3abb2';
  for (const share of [0.5, 0.75, 1]) context.fillRect(0, yOf(share), width, 1);
  context.fillStyle = '#14181c';
  const step = width / Math.max(values.length, 1);
  for (const [index, share] of values.entries()) context.fillRect(index * step, yOf(share) - dot / 2, dot, dot);
};
