/**
 * What stays where it is while the belt moves on: dirt on the lens, a rail, a reflection. It is no part, and would be taken
 * for a new one again and again.
 *
 * What must hold: nothing is learnt while the belt stands, however long, so that a part that stands under the camera stays
 * a part. Hence a lesson is a change of what is seen, not a moment in time.
 */
export interface Still {
  /** Of each square: in what share of the last lessons it was marked, 0…1. */
  shares: Float32Array;
  /** The marks of the last lesson. */
  lesson: Uint8Array;
}

/** Something has moved when so large a share of all marks is not where it was; noise on a standing belt flips far fewer. */
const changedShare = 0.25;
/** A lesson counts so much against those before it: what is still is known after some sixty. */
const weight = 1 / 32;
/** Parts cover a square for less of the time, on any belt on which one can be told from the next. */
const stillShare = 0.85;

/** Nothing learnt yet, for bands of so many squares. */
export const noStill = (squares: number): Still => ({
  shares: new Float32Array(squares),
  lesson: new Uint8Array(squares),
});

/** Learns from `marks` (0 or 1 each), then takes those away that are still. Changes both. */
export const takeStillAway = (still: Still, marks: Uint8Array): void => {
  const { shares, lesson } = still;
  let marked = 0;
  let changed = 0;
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i] ?? 0;
    marked += mark;
    // A mark of dirt never changes: it shall not hide that the others do.
    if ((shares[i] ?? 0) >= stillShare) marked -= mark;
    if (mark !== lesson[i]) changed += 1;
  }
  if (changed > 0 && changed >= marked * changedShare) {
    for (let i = 0; i < marks.length; i++) shares[i] = (shares[i] ?? 0) + ((marks[i] ?? 0) - (shares[i] ?? 0)) * weight;
    lesson.set(marks);
  }
  for (let i = 0; i < marks.length; i++) if ((shares[i] ?? 0) >= stillShare) marks[i] = 0;
};
