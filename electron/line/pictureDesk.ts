import { monoMs } from '../base/clock.ts';
import type { LosslessWish } from '../contract/facts.ts';
import type { FramePicture, FramePixels, VisionState } from '../contract/frame.ts';
import type { Decided, LaneIdentity } from './decided.ts';
import type { LaneOutlets } from './lane.ts';
import { openPreviewDesk } from './previewDesk.ts';

/** Frames whose verdict is remembered for the pictures that come after it. */
const rememberedFrames = 64;
/** Pixels are large: two pictures a second are far below the pace of the JPEGs, and no load to anybody. */
const leastBetweenLosslessMs = 500;

/** Asks `vision` for the pictures worth keeping, and joins each picture that comes to the verdict on its part. */
export interface PictureDesk {
  onDecided(decided: Decided): void;
  onPicture(picture: FramePicture | FramePixels, vision: VisionState): void;
  /** The next pictures that fit are kept without loss, instead of what was asked before. */
  keepLossless(wish: LosslessWish): void;
}

/** One desk a lane; `nok`, `unsure`, `error` are always kept, of `ok` every n-th by the recipe. */
export const openPictureDesk = ({ lane }: LaneIdentity, outlets: Pick<LaneOutlets, 'askPicture' | 'tell'>): PictureDesk => {
  const previews = openPreviewDesk(lane, outlets.tell, monoMs);
  const byFrame = new Map<number, Decided>();
  let okSinceKept = 0;
  let lossless: Pick<LosslessWish, 'count' | 'verdict'> = { count: 0, verdict: null };
  let losslessDueMs = 0;

  const isWanted = ({ verdict, setup: { recipe } }: Decided): boolean => {
    if (verdict.kind !== 'ok') return true;
    okSinceKept += 1;
    if (recipe.images.okEvery === 0 || okSinceKept < recipe.images.okEvery) return false;
    okSinceKept = 0;
    return true;
  };

  const isWantedLossless = ({ verdict, decidedMonoMs }: Decided): boolean => {
    if (lossless.count === 0 || decidedMonoMs < losslessDueMs) return false;
    if (lossless.verdict !== null && lossless.verdict !== verdict.kind) return false;
    lossless = { ...lossless, count: lossless.count - 1 };
    losslessDueMs = decidedMonoMs + leastBetweenLosslessMs;
    return true;
  };

  const passKept = (picture: FramePicture, about: Decided): void => {
    const { sequence, trigger, verdict, decidedAtMs } = about;
    const { jpeg, thumbnail } = picture;
    const small = thumbnail === undefined ? {} : { thumbnail };
    outlets.tell({ type: 'picture', lane, sequence, partId: trigger.partId, verdict: verdict.kind, decidedAtMs, jpeg, ...small });
  };

  const passPixels = ({ width, height, rgb, thumbnail }: FramePixels, about: Decided | undefined): void => {
    if (about === undefined) return;
    const { sequence, trigger, verdict, decidedAtMs } = about;
    const of = { lane, sequence, partId: trigger.partId, verdict: verdict.kind, decidedAtMs };
    const small = thumbnail === undefined ? {} : { thumbnail };
    outlets.tell({ type: 'lossless', ...of, width, height, rgb, ...small });
  };

  return {
    onDecided(decided) {
      previews.onDecided(decided);
      if (decided.frame === null) return;
      byFrame.set(decided.frame.sequence, decided);
      const [oldest] = byFrame.keys();
      if (byFrame.size > rememberedFrames && oldest !== undefined) byFrame.delete(oldest);
      const isLossless = isWantedLossless(decided);
      if (isWanted(decided) || isLossless) outlets.askPicture(decided.frame.sequence, isLossless);
    },
    keepLossless({ count, verdict }) {
      lossless = { count, verdict };
    },
    onPicture(picture, vision) {
      const about = byFrame.get(picture.sequence);
      if (picture.type === 'pixels') passPixels(picture, about);
      else if (picture.use === 'preview') previews.onPreview(picture, about, vision);
      else if (about !== undefined) passKept(picture, about);
    },
  };
};
