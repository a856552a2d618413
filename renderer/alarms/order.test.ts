import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../electron/contract/alarms.ts';
import { byPriority, keyOf } from './order.ts';

const alarm = (id: string, priority: Alarm['priority'], sinceMs: number): Alarm => ({
  id,
  priority,
  sinceMs,
  ...{ code: 'pictures-lost', facts: {}, detail: '' },
});

describe('order of alarms', () => {
  it('is by priority, then unseen, then newest', () => {
    const seen = alarm('seen', 'high', 9);
    const alarms = [alarm('low', 'low', 9), seen, alarm('old', 'high', 1), alarm('new', 'high', 5), alarm('urgent', 'urgent', 0)];
    expect(byPriority(alarms, new Set([keyOf(seen)])).map(({ id }) => id)).toEqual(['urgent', 'new', 'old', 'seen', 'low']);
  });

  it('takes an alarm that came again for a new one', () => {
    expect(keyOf(alarm('a', 'low', 1))).not.toBe(keyOf(alarm('a', 'low', 2)));
  });
});
