import type { Exposure } from './exposure.ts';
import { wholeFrame } from './frame.ts';
import type { Gallery } from './gallery.ts';
import { frameHeight, frameWidth } from './light.ts';
import type { Part } from './part.ts';
import { randomOf } from './prng.ts';
import type { Shot } from './stream.ts';
import { type View, viewAt, viewAtSensor } from './view.ts';

/** Where the camera's pictures come from. */
export interface Film {
  part(number: number): Part;
  /** As the sensor sees part `number`. */
  atSensor(number: number): View;
  /** As the belt lies after `counts`; of `belt` only what is on it is seen. */
  at(counts: number, belt: Pick<View, 'first' | 'last' | 'seed'>): View;
  /** The frame of a view. It may be used again once nobody holds it and another was asked for. */
  shot(view: View): Shot;
}

/** How the camera sees the scene at this moment, but for what differs from frame to frame. */
export type Look = Pick<Exposure, 'light' | 'gain' | 'noise' | 'blurPx'>;

/** Lamps never flash twice with the same energy. */
const flicker = 0.012;

/** The exposure of frame `number`: the look of the moment, with this frame's own noise and flash. */
export const exposureOf = (number: number, look: Look): Exposure => ({
  ...look,
  gain: look.gain * (1 + flicker * randomOf(number, 51).gauss()),
  seed: number,
});

const viewsOf = ({ part }: Pick<Gallery, 'part'>): Omit<Film, 'shot'> => ({
  part,
  atSensor: (number) => viewAtSensor(part(number)),
  at: (counts, belt) => viewAt(counts, part, belt),
});

const newShot = (): Shot => ({ bytes: Buffer.alloc(frameWidth * frameHeight), holders: 0 });

/** The first frames take up to fifty times as long as the later ones, until the engine has compiled the drawing. */
const warmUpFrames = 8;

/** Draws every frame when it is asked for, into buffers that are used again. The first few are drawn at once, for practice. */
export const liveFilm = (gallery: Gallery, look: () => Look): Film => {
  const shots: Shot[] = [];
  const film: Film = {
    ...viewsOf(gallery),
    shot(view) {
      let free = shots.find(({ holders }) => holders === 0);
      if (free === undefined) shots.push((free = newShot()));
      gallery.frame(free.bytes, wholeFrame, view, exposureOf(view.seed, look()));
      return free;
    },
  };
  for (let number = 1; number <= warmUpFrames; number++) film.shot(film.atSensor(number));
  return film;
};

/**
 * Draws `count` frames now and shows them again and again, truth included, so that a frame costs next to nothing later.
 * `onProgress` hears how many are done.
 */
export const prerenderedFilm = (gallery: Gallery, count: number, look: Look, onProgress: (done: number) => void): Film => {
  const frames = Array.from({ length: count }, (_, index) => {
    const shot = newShot();
    gallery.frame(shot.bytes, wholeFrame, viewAtSensor(gallery.part(index)), exposureOf(index, look));
    onProgress(index + 1);
    return { shot, part: gallery.part(index) };
  });
  const frame = (number: number): { shot: Shot; part: Part } => frames[number % count] as { shot: Shot; part: Part };
  return {
    ...viewsOf({ part: (number) => ({ ...frame(number).part, number }) }),
    shot: ({ number }) => frame(number).shot,
  };
};
