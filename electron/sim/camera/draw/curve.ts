// Tables instead of Math.exp: drawing a part asks for some hundred thousand of them, and eight bits show no difference.
const steps = 64;
const reach = 8;
const falls = Float32Array.from({ length: reach * steps + 1 }, (_, i) => Math.exp(-i / steps));
const humps = Float32Array.from({ length: reach * steps + 1 }, (_, i) => Math.exp(-((i / steps) ** 2)));

/** About e^-t for t ≥ 0: light or shadow that dies away from an edge. Below 0 it is 1. */
export const fall = (t: number): number => (t <= 0 ? 1 : t >= reach ? 0 : (falls[(t * steps) | 0] as number));

/** About e^-(t²): a soft highlight around t = 0. */
export const hump = (t: number): number => {
  const far = t < 0 ? -t : t;
  return far >= reach ? 0 : (humps[(far * steps) | 0] as number);
};
