import { describe, expect, it } from 'vitest';
import { station } from '../config/station.ts';
import { genicamSource } from './genicam.ts';

const camera = station.shape.lane.element.shape.camera;
const sourceOf = (more: object): string => {
  const config = camera.parse({ kind: 'genicam', name: 'Acme-C1-77', width: 1280, height: 720, fps: 59.94, ...more });
  if (config.kind !== 'genicam') throw new Error('another kind');
  return genicamSource(config);
};

describe('the pipeline of a GenICam camera', () => {
  it('names the camera and its picture', () => {
    expect(sourceOf({})).toBe(
      'aravissrc camera-name="Acme-C1-77" ! video/x-raw,format=GRAY8,width=1280,height=720,framerate=59940/1000',
    );
  });

  it('sets exposure, gain and every other feature', () => {
    const source = sourceOf({
      ...{ exposureUs: 250, gainDb: 0, bayer: 'rg' },
      features: { TriggerMode: 'On', TriggerSource: 'Line0' },
    });
    expect(source).toContain('exposure=250 exposure-auto=off gain=0 gain-auto=off features="TriggerMode=On TriggerSource=Line0"');
    expect(source).toContain('video/x-bayer,format=rggb,');
  });

  it('lets nothing else into the pipeline', () => {
    expect(() => sourceOf({ name: 'a" ! fakesink name="' })).toThrow();
    expect(() => sourceOf({ features: { Gain: '1" ! fakesink' } })).toThrow();
  });
});
