import { monoMs } from '../base/clock.ts';
import type { FramePicture, FramePixels, KeepPicture, Region } from '../contract/frame.ts';
import { cv, type Mat } from './opencv.ts';
import { type JpegWish, type PixelFormat, toJpeg, toJpegs, toRgb } from './pixels.ts';
import type { Kept, Recent } from './recent.ts';
import { encoded, noSlack, turnOf, waited } from './slack.ts';

/** Makes the JPEGs that leave the process, in the time the camera leaves. */
export interface Pictures {
  /** `line` wants the picture of a recent frame. */
  request(wish: KeepPicture): void;
  /** To be told of every read, with the time it waited for the camera. */
  noteWait(waitMs: number): void;
  /** The pictures that are due and fit; called once a frame, after its scores have been sent. `scored`: where, if at all. */
  makeDue(sequence: number, frame: Mat, scored: Region | null): void;
}

interface Options {
  format: PixelFormat;
  recent: Recent;
  previewFps: number;
  jpegQuality: number;
  send: (picture: FramePicture | FramePixels) => void;
}

const previewWidth = 640;
const previewQuality = 75;
const thumbnailWidth = 160;
const thumbnailQuality = 70;
/**
 * The thumbnail of what is kept, where that is any wider. Here it costs a fifth of a millisecond; to make it of the kept
 * file anywhere else, that must be decoded first.
 */
const smallOf = (width: number): JpegWish[] =>
  width > thumbnailWidth ? [{ quality: thumbnailQuality, scale: thumbnailWidth / width }] : [];
/** Requests waiting longer than the ring of recent frames are lost anyway. */
const mostRequests = 12;

/** For one life of a camera: the format and the region of interest are those of its frames. */
export const openPictures = ({ format, recent, previewFps, jpegQuality, send }: Options): Pictures => {
  const wanted: Pick<KeepPicture, 'sequence' | 'lossless'>[] = [];
  let slack = noSlack;
  let previewDueMs = 0;

  const emit = (
    { use, sequence, region }: Pick<FramePicture, 'use' | 'sequence' | 'region'>,
    make: () => Pick<FramePicture, 'jpeg' | 'thumbnail'>,
    size: { width: number; height: number },
  ): void => {
    const startMs = monoMs();
    send({ type: 'picture', use, sequence, region, ...size, ...make() });
    slack = encoded(slack, use === 'preview' ? 'preview' : 'kept', monoMs() - startMs);
  };

  /** The pixels as they are: what makes a file of them has the time that this loop has not. */
  const keepPixels = (sequence: number, { frame, region: at }: Kept): void => {
    const startMs = monoMs();
    const region = frame.getRegion(new cv.Rect(at.x, at.y, at.width, at.height));
    const colours = toRgb(region, format);
    const [thumbnail] = toJpegs(region, format, smallOf(at.width));
    const small = thumbnail === undefined ? {} : { thumbnail };
    send({ type: 'pixels', sequence, width: at.width, height: at.height, rgb: colours.getData(), ...small });
    colours.release();
    region.release();
    slack = encoded(slack, 'kept', monoMs() - startMs);
  };

  const keep = ({ sequence, lossless }: Pick<KeepPicture, 'sequence' | 'lossless'>): void => {
    const kept = recent.get(sequence);
    if (kept === undefined) return;
    if (lossless) return keepPixels(sequence, kept);
    const { frame, region: at } = kept;
    emit(
      { use: 'kept', sequence, region: at },
      () => {
        const region = frame.getRegion(new cv.Rect(at.x, at.y, at.width, at.height));
        const wishes = [{ quality: jpegQuality, scale: 1 }, ...smallOf(at.width)];
        const [jpeg = Buffer.alloc(0), thumbnail] = toJpegs(region, format, wishes);
        region.release();
        return thumbnail === undefined ? { jpeg } : { jpeg, thumbnail };
      },
      at,
    );
  };

  const preview = (sequence: number, frame: Mat, scored: Region | null): void => {
    const scale = Math.min(1, previewWidth / frame.cols);
    emit({ use: 'preview', sequence, region: scored }, () => ({ jpeg: toJpeg(frame, format, previewQuality, scale) }), {
      width: Math.round(frame.cols * scale),
      height: Math.round(frame.rows * scale),
    });
    previewDueMs = Math.max(previewDueMs + 1000 / previewFps, monoMs());
  };

  return {
    request(wish) {
      wanted.push(wish);
      if (wanted.length > mostRequests) wanted.shift();
    },
    noteWait(waitMs) {
      slack = waited(slack, waitMs);
    },
    makeDue(sequence, frame, scored) {
      const previewDueForMs = previewFps > 0 ? monoMs() - previewDueMs : Number.NEGATIVE_INFINITY;
      for (const use of turnOf(slack, { kept: wanted.length, room: mostRequests, previewDueForMs }))
        if (use === 'preview') preview(sequence, frame, scored);
        else keep(wanted.shift() ?? { sequence, lossless: false });
    },
  };
};
