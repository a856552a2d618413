import type { Window } from './frame.ts';
import { frameWidth, lightStepPx } from './light.ts';
import { randomOf } from './prng.ts';

/** How the camera sees the scene. */
export interface Exposure {
  /** From `lightMap`. */
  light: Uint8Array;
  /** Energy of the light, 1 is normal. */
  gain: number;
  /** 1 is normal, 0 none. */
  noise: number;
  /** Deviation of the blur, pixels; 0 is in focus. */
  blurPx: number;
  /** Chooses this frame's noise. */
  seed: number;
}

/** One more would not fit into the eight bits that a step of light has. */
const mostGain = 1.8;

/** Turns what lies before the lens into what the camera sends. */
export interface Sensor {
  /**
   * Light falls on the sensor: `bytes` (a `window` of the frame) are brightened or darkened by place, saturate at 255,
   * and get noise on a small pedestal, as sensors have one so that noise around black is not cut off.
   *
   * Four pixels at once, as the lanes of a 32-bit word: a sixth of the time of doing it one by one, which at 60 frames a
   * second would be a tenth of a core.
   */
  expose(bytes: Buffer, window: Window, exposure: Exposure): void;
}

export const createSensor = (): Sensor => {
  const tables = new Map<number, Int32Array>();
  const tableOf = (strength: number): Int32Array => {
    const step = Math.round(strength * noiseSteps);
    const table = tables.get(step) ?? noiseTable(step / noiseSteps);
    tables.set(step, table);
    return table;
  };
  return {
    expose(bytes, window, exposure) {
      if (exposure.gain > mostGain) brighten(bytes, exposure.gain);
      const energy = exposure.gain > mostGain ? 256 : Math.round(exposure.gain * 256);
      const noise = tableOf(exposure.noise);
      const random = randomOf(exposure.seed, 91);
      const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      const rowWords = window.width / lightStepPx;
      for (let y = 0; y < window.height; y++) {
        const from = y * rowWords;
        const light = ((y + window.y) * frameWidth + window.x) / lightStepPx;
        exposeRow(words, exposure.light, noise, {
          energy,
          from,
          to: from + rowWords,
          light,
          noise: random.int(noiseWords - rowWords),
        });
      }
    },
  };
};

/** Where a row lies in the words, in the map of light and in the table of noise. */
interface Row {
  energy: number;
  from: number;
  to: number;
  light: number;
  noise: number;
}

/** Each pixel times light and energy, in 1/128 (`fullLight`), plus noise. */
const exposeRow = (words: Int32Array, light: Uint8Array, noise: Int32Array, row: Row): void => {
  const { energy, to } = row;
  for (let at = row.from, lit = row.light, grain = row.noise; at < to; at++, lit++, grain++) {
    const word = words[at] as number;
    const factor = ((light[lit] as number) * energy) >>> 8;
    const grains = noise[grain] as number;
    const even = Math.imul(word & 0xff00ff, factor);
    const odd = Math.imul((word >>> 8) & 0xff00ff, factor);
    words[at] =
      saturated(((even >>> 7) & 0x1ff01ff) + (grains & 0xff00ff)) |
      (saturated(((odd >>> 7) & 0x1ff01ff) + ((grains >>> 8) & 0xff00ff)) << 8);
  }
};

/** Each of two 10-bit lanes limited to 255. */
const saturated = (pair: number): number => {
  const over = (pair | (pair >>> 1)) & 0x1000100;
  return (pair | (over - (over >>> 8))) & 0xff00ff;
};

const brighten = (bytes: Buffer, gain: number): void => {
  for (let at = 0; at < bytes.length; at++) bytes[at] = Math.min(255, (bytes[at] as number) * gain);
};

const noiseWords = 1 << 17;
const noiseSteps = 8;
/** What a black pixel shows on average. */
const pedestal = 9;
const deviation = 2.4;

const noiseTable = (strength: number): Int32Array => {
  const random = randomOf(90);
  const bytes = Uint8Array.from({ length: noiseWords * 4 }, () =>
    Math.max(0, Math.min(100, Math.round(pedestal + random.gauss() * deviation * strength))),
  );
  return new Int32Array(bytes.buffer);
};
