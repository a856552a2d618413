import { describe, expect, it } from 'vitest';
import { aptCommand, aptProgress, notInstalled } from './debian.mjs';

describe('notInstalled', () => {
  it('keeps what dpkg does not know, what was removed, and what is only half there', () => {
    const dpkgSays = ['g++ ii ', 'removed rc ', 'half iH ', 'held hi ', ''].join('\n');
    expect(notInstalled(['g++', 'removed', 'half', 'held', 'unknown'], dpkgSays)).toEqual(['removed', 'half', 'unknown']);
  });
});

describe('aptProgress', () => {
  it('lets downloading count for the first 40 %, the rest for unpacking and configuring', () => {
    expect(aptProgress('dlstatus:1:50.0000:Retrieving file 2 of 4')).toEqual({ fraction: 0.2, what: 'downloading' });
    expect(aptProgress('pmstatus:libopencv-core-dev:amd64:50.0000:Unpacking')).toEqual({
      fraction: 0.7,
      what: 'libopencv-core-dev',
    });
    expect(aptProgress('pmstatus:dpkg-exec:100.0000:Running dpkg')?.fraction).toBe(1);
  });
  it('passes over what is no status', () => {
    expect(aptProgress('Setting up libopencv-core-dev (4.6.0+dfsg-12) ...')).toBeNull();
  });
});

describe('aptCommand', () => {
  it('is one line that a person can copy', () => {
    expect(aptCommand(['g++', 'libopencv-core-dev'])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends g++ libopencv-core-dev',
    );
  });
});
