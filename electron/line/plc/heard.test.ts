import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../contract/gate.ts';
import type { Belt } from '../schedule.ts';
import { openHeard } from './heard.ts';

const rig = () => {
  const triggers: Trigger[] = [];
  const belts: Belt[] = [];
  let [missed, now] = [0, 1000];
  const { heard, newSession } = openHeard(
    {
      onTrigger: (trigger) => triggers.push(trigger),
      onBelt: (belt) => belts.push(belt),
      onMissed: (count) => (missed += count),
      onNoted: () => undefined,
    },
    () => now,
  );
  return { heard, newSession, triggers, belts, missed: () => missed, at: (ms: number) => (now = ms) };
};

describe('what the PLC tells', () => {
  it('takes only a change of the heartbeat for a sign of life, in each session anew', () => {
    const { heard, newSession, at } = rig();
    const news = newSession();
    news.onChange('Heartbeat', 7);
    expect(heard.heartbeatAtMs).toBeNull();
    at(1100);
    news.onChange('Heartbeat', 8);
    at(1200);
    news.onChange('Heartbeat', 8);
    expect(heard.heartbeatAtMs).toBe(1100);
    newSession().onChange('Heartbeat', 9);
    expect(heard.heartbeatAtMs).toBeNull();
  });

  it('passes triggers on with the time of their coming, and counts those that came while it was away', () => {
    const { newSession, triggers, missed, at } = rig();
    const news = newSession();
    news.onStanding(40);
    at(1500);
    news.onTrigger({ PartId: 11, EncoderAtTrigger: 900, TriggerSeq: 41 });
    expect(triggers).toEqual([{ triggerSeq: 41, partId: 11, encoder: 900, receivedAtMs: 1500, challenge: null }]);
    expect(missed()).toBe(0);
    const later = newSession();
    later.onStanding(44);
    later.onTrigger({ PartId: 16, EncoderAtTrigger: 2900, TriggerSeq: 46 });
    expect(triggers).toHaveLength(2);
    expect(missed()).toBe(3 + 1);
  });

  it('tells the belt as a whole at every change', () => {
    const { newSession, belts } = rig();
    const news = newSession();
    news.onChange('EncoderRate', 24_000);
    news.onChange('LineRunning', true);
    news.onChange('Encoder', 700);
    expect(belts.at(-1)).toMatchObject({ countsPerSecond: 24_000, running: true, at: { encoder: 700, heardAtMs: 1000 } });
  });
});
