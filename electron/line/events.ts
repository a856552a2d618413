import { randomUUID } from 'node:crypto';
import { wallMs } from '../base/clock.ts';
import type { Interlock, LineEvent, LineEventKind } from '../contract/facts.ts';
import type { LaneOutlets } from './lane.ts';

/** Notes of one kind within so long are one event: a sensor that bounces at every part must not flood the records. */
const togetherMs = 1000;

/** Tells what happens on a lane beside its parts. */
export interface Events {
  add(kind: LineEventKind, what: string): void;
  tripped(interlocks: readonly Interlock[]): void;
  /** For what may come with every part: the first at once, then one a second with the number of the others. */
  note(kind: LineEventKind, what: string, nowMs: number): void;
  /** To be called now and then: tells what was held back. */
  onTime(nowMs: number): void;
}

/** The events of `lane`, on their way to `records`. */
export const openEvents = (lane: string, outlets: Pick<LaneOutlets, 'keepEvent' | 'log'>): Events => {
  const held = new Map<LineEventKind, { sinceMs: number; count: number; last: string }>();
  const add = (kind: LineEventKind, what: string): void => {
    const event: LineEvent = { id: randomUUID(), lane, kind, what, atMs: wallMs() };
    outlets.log.warn({ lane, kind }, what);
    outlets.keepEvent(event);
  };
  return {
    add,
    tripped(interlocks) {
      for (const { what } of interlocks) add('interlock-tripped', what);
    },
    note(kind, what, nowMs) {
      const before = held.get(kind);
      if (before === undefined) {
        held.set(kind, { sinceMs: nowMs, count: 0, last: what });
        return add(kind, what);
      }
      before.count += 1;
      before.last = what;
    },
    onTime(nowMs) {
      for (const [kind, { sinceMs, count, last }] of held) {
        if (nowMs - sinceMs < togetherMs) continue;
        held.delete(kind);
        if (count > 0) add(kind, `${last} (${count} times since the event before.)`);
      }
    },
  };
};
