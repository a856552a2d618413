import type { FramePicture, VisionState } from '../contract/frame.ts';
import type { Decided } from './decided.ts';
import type { LaneOutlets } from './lane.ts';

/** The live pictures of a lane on their way to the screen, each with the verdict on the part that it shows. */
export interface PreviewDesk {
  onDecided(decided: Decided): void;
  /** `about`: the part whose verdict this very frame has given, where there is one already. */
  onPreview(picture: FramePicture, about: Decided | undefined, vision: VisionState): void;
}

/** A belt that stands decides nothing: the picture is shown all the same. */
const mostHeldMs = 1000;

/**
 * Where a trigger tells of a part, its verdict is there before its picture. A camera that runs freely shows a part in
 * several frames and the verdict comes after the last of them: the pictures wait for it, a tenth of a second or two.
 *
 * What must hold: pictures leave in the order of their frames, and none waits for longer than {@link mostHeldMs}. `nowMs`
 * is monotonic.
 */
export const openPreviewDesk = (lane: string, tell: LaneOutlets['tell'], nowMs: () => number): PreviewDesk => {
  const held: { picture: FramePicture; vision: VisionState; atMs: number }[] = [];
  let waits = false;

  const pass = (picture: FramePicture, about: Decided | undefined, { roi, frameSize }: VisionState): void => {
    const at = picture.region ?? roi;
    if (at === null || frameSize === null) return;
    const { sequence: frameSequence, width, height, jpeg } = picture;
    tell({ type: 'preview', lane, frameSequence, width, height, jpeg, verdict: verdictOf(about), roi: at, frameSize });
  };
  /** The first `count` of those that wait; what shows no part, or one from before `from`, has no verdict. */
  const release = (count: number, about?: Decided, from = Number.POSITIVE_INFINITY): void => {
    for (const { picture, vision } of held.splice(0, count))
      pass(picture, picture.region !== null && picture.sequence >= from ? about : undefined, vision);
  };

  return {
    onDecided(decided) {
      waits = decided.setup.recipe.tracking.mode === 'free-running';
      if (decided.firstFrame !== null) release(held.length, decided, decided.firstFrame);
    },
    onPreview(picture, about, vision) {
      const atMs = nowMs();
      release(held.findLastIndex((each) => atMs - each.atMs > mostHeldMs) + 1);
      if (!waits || (held.length === 0 && picture.region === null)) pass(picture, about, vision);
      else held.push({ picture, vision, atMs });
    },
  };
};

const verdictOf = (about: Decided | undefined) => {
  if (about === undefined) return null;
  const { kind, reason, confidence } = about.verdict;
  return { kind, reason, confidence, partId: about.trigger.partId };
};
