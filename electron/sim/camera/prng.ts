/** A small seeded source of random numbers; the same keys always give the same row of numbers, on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  between(least: number, most: number): number;
  /** 0 … count-1. */
  int(count: number): number;
  chance(probability: number): boolean;
  /** Normal with mean 0 and deviation 1, from twelve uniform numbers: never beyond ±6. */
  gauss(): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** Mixes all 32 bits of `value` (the finalizer of MurmurHash3, public domain). */
const mix = (value: number): number => {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Numbers that depend on all `keys` (32-bit integers) and on nothing else. The generator is mulberry32 (public domain). */
export const randomOf = (...keys: number[]): Random => {
  let state = 0x9e3779b9;
  for (const key of keys) state = mix(state ^ mix(key + 0x6d2b79f5));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    int: (count) => Math.floor(next() * count),
    chance: (probability) => next() < probability,
    gauss: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  };
};
