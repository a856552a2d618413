import type { CameraConfig } from '../config/station.ts';

type Genicam = Extract<CameraConfig, { kind: 'genicam' }>;

const caps = ({ bayer }: Genicam): string =>
  bayer === undefined ? 'video/x-raw,format=GRAY8' : `video/x-bayer,format=${filters[bayer]}`;

/** GStreamer names a colour filter by all four of its pixels. */
const filters = { rg: 'rggb', bg: 'bggr', gr: 'grbg', gb: 'gbrg' } as const;

/**
 * The GStreamer pipeline of a GigE Vision or USB3 Vision camera, before its sink: Aravis finds it by its name, sets it up
 * and takes its pixels as they are, one byte each.
 */
export const genicamSource = (config: Genicam): string => {
  const { name, width, height, fps, exposureUs, gainDb, features } = config;
  const settings = Object.entries({ exposure: exposureUs, gain: gainDb }).flatMap(([property, value]) =>
    value === undefined ? [] : [`${property}=${value}`, `${property}-auto=off`],
  );
  const more = Object.entries(features).map(([feature, value]) => `${feature}=${value}`);
  const rate = `${Math.round(fps * 1000)}/1000`;
  return [
    `aravissrc camera-name="${name}"`,
    ...settings,
    ...(more.length === 0 ? [] : [`features="${more.join(' ')}"`]),
    `! ${caps(config)},width=${width},height=${height},framerate=${rate}`,
  ].join(' ');
};
