import { describe, expect, it } from 'vitest';
import { encoded, fits, noSlack, type Slack, waited } from './slack.ts';

const times = (n: number, change: (slack: Slack) => Slack): Slack => Array.from({ length: n }).reduce<Slack>(change, noSlack);

describe('slack', () => {
  it('leaves no time for pictures until the camera has been waited for', () => {
    expect(fits(noSlack, 'preview')).toBe(false);
    expect(fits(noSlack, 'kept')).toBe(false);
  });

  it('makes previews at 60 frames a second, and none when frames come as fast as they are scored', () => {
    expect(
      fits(
        times(50, (slack) => waited(slack, 13)),
        'preview',
      ),
    ).toBe(true);
    expect(
      fits(
        times(50, (slack) => waited(slack, 0.4)),
        'preview',
      ),
    ).toBe(false);
  });

  it('learns what a picture costs', () => {
    const slow = times(50, (slack) => encoded(waited(slack, 10), 'preview', 12));
    expect(fits(slow, 'preview')).toBe(false);
    expect(fits(slow, 'kept')).toBe(true);
  });
});
