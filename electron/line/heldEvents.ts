import type { EventFact, LineEvent } from '../contract/facts.ts';

/** Events held while `records` is away. */
const mostEvents = 1000;

/** Events that are not on disk, oldest first; the oldest of too many are forgotten. `onGone` hears of each that is held no more. */
export const openHeldEvents = (onGone: (fact: EventFact) => void) => {
  const held = new Map<string, EventFact>();
  const drop = (id: string): void => {
    const fact = held.get(id);
    if (fact !== undefined && held.delete(id)) onGone(fact);
  };
  return {
    /** The fact that tells of it. */
    hold(event: LineEvent): EventFact {
      const [oldest] = held.keys();
      if (held.size >= mostEvents && oldest !== undefined) drop(oldest);
      const fact: EventFact = { type: 'event', event };
      held.set(event.id, fact);
      return fact;
    },
    /** It is on disk. */
    kept: drop,
    all: (): EventFact[] => [...held.values()],
    has: ({ event }: EventFact): boolean => held.has(event.id),
  };
};
