import { expect, it } from 'vitest';
import { versionIn } from './opencv.mjs';

it('reads the version out of the header', () => {
  const header = '#define CV_VERSION_MAJOR    4\n#define CV_VERSION_MINOR    5\n#define CV_VERSION_REVISION 4\n';
  expect(versionIn(header)).toBe('4.5.4');
});
