import { describe, expect, it } from 'vitest';
import { encoded, noSlack, type Slack, turnOf, waited, type Waiting } from './slack.ts';

const times = (n: number, change: (slack: Slack) => Slack): Slack => Array.from({ length: n }).reduce<Slack>(change, noSlack);
const waiting = (changes: Partial<Waiting> = {}): Waiting => ({ kept: 0, room: 12, previewDueForMs: 0, ...changes });
/** As at 60 frames a second. */
const ample = times(50, (slack) => waited(slack, 13));

describe('slack', () => {
  it('leaves no time for pictures until the camera has been waited for', () => {
    expect(turnOf(noSlack, waiting({ kept: 3 }))).toEqual([]);
  });

  it('makes previews at 60 frames a second, and none when frames come as fast as they are scored', () => {
    expect(turnOf(ample, waiting())).toEqual(['preview']);
    expect(turnOf(ample, waiting({ previewDueForMs: -1 }))).toEqual([]);
    const none = times(50, (slack) => waited(slack, 0.4));
    expect(turnOf(none, waiting({ previewDueForMs: 5000 }))).toEqual([]);
  });

  it('learns what a picture costs', () => {
    const slow = times(50, (slack) => encoded(waited(slack, 10), 'preview', 12));
    expect(turnOf(slow, waiting({ kept: 1 }))).toEqual(['kept']);
  });

  it('keeps pictures without slack once many wait', () => {
    expect(turnOf(noSlack, waiting({ kept: 6 }))).toEqual([]);
    expect(turnOf(noSlack, waiting({ kept: 7, previewDueForMs: 5000 }))).toEqual(['kept']);
  });

  it('shows the live picture in a run of bad parts: beside what is kept, or in its place once it stands', () => {
    expect(turnOf(ample, waiting({ kept: 5 }))).toEqual(['kept', 'preview']);
    const scarce = times(50, (slack) => waited(slack, 7));
    expect(turnOf(scarce, waiting({ kept: 5, previewDueForMs: 900 }))).toEqual(['kept']);
    expect(turnOf(scarce, waiting({ kept: 5, previewDueForMs: 1100 }))).toEqual(['preview']);
  });
});
