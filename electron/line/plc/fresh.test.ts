import { describe, expect, it } from 'vitest';
import { isDead, linkState } from './fresh.ts';

describe('state of the link', () => {
  it.each([
    ['no session', { session: false, refused: false, heartbeatAtMs: 999 }, 'connecting'],
    ['turned away', { session: false, refused: true, heartbeatAtMs: null }, 'refused'],
    ['no heartbeat yet', { session: true, refused: false, heartbeatAtMs: null }, 'stale'],
    ['a fresh heartbeat', { session: true, refused: false, heartbeatAtMs: 740 }, 'connected'],
    ['a heartbeat that is old before 300 ms are over', { session: true, refused: false, heartbeatAtMs: 739 }, 'stale'],
  ] as const)('%s', (_what, facts, state) => {
    expect(linkState(facts, 1000)).toBe(state);
  });

  it('gives a session up after a second and a half without a sign of life', () => {
    expect(isDead(1000, 2500)).toBe(false);
    expect(isDead(1000, 2501)).toBe(true);
  });
});
