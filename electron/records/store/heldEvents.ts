import type { StoreEvent } from './events.ts';

const retryMs = 1000;
/** Far more than can happen while a disk is looked after; of too many the oldest are let go. */
const mostHeld = 100;

/** Events that are noted now or, while the records are not open, as soon as they are. */
export interface HeldEvents {
  /** Throws never: what happens has no caller who could do something about it. */
  add(event: StoreEvent): void;
  /** Notes what can still be noted. */
  close(): void;
}

/** Holds what `note` refuses (it throws), and tries again, in order. */
export const holdEvents = (note: (event: StoreEvent) => void): HeldEvents => {
  let held: readonly StoreEvent[] = [];
  let retry: NodeJS.Timeout | undefined;
  const noteAll = (): void => {
    clearTimeout(retry);
    try {
      for (let [first] = held; first !== undefined; [first] = held) {
        note(first);
        held = held.slice(1);
      }
    } catch {
      // The holder knows the fault, and an alarm stands.
      retry = setTimeout(noteAll, retryMs);
    }
  };
  return {
    add(event) {
      held = [...held, event].slice(-mostHeld);
      noteAll();
    },
    close() {
      noteAll();
      clearTimeout(retry);
    },
  };
};
