import type { PlcTag } from '../../contract/gate.ts';
import { emptyJoin, onChange, type TriggerTag, triggerTags, type TriggerValues } from './join.ts';

/** Who hears of triggers. */
export interface TriggerNews {
  /** The number of the last trigger before we came. */
  onStanding(triggerSeq: number): void;
  onTrigger(values: TriggerValues): void;
}

/** Takes the changes of the tags that it listens to, and makes triggers of them. */
export interface TriggerTaker {
  readonly tags: readonly TriggerTag[];
  hear(tag: TriggerTag, stampMs: number, value: number): void;
}

/** Whether a tag is one of a trigger. */
export const isTriggerTag = (tag: PlcTag): tag is TriggerTag => triggerTags.some((each) => each === tag);

/** Joins the three tags by their source time stamps. */
export const takeStamped = (news: TriggerNews): TriggerTaker => {
  const join = emptyJoin();
  const standing = new Set<TriggerTag>();
  return {
    tags: triggerTags,
    hear(tag, stampMs, value) {
      if (standing.has(tag)) {
        const trigger = onChange(join, tag, stampMs, value);
        if (trigger !== null) news.onTrigger(trigger);
        return;
      }
      // The first value of each is what stood there when we came: a trigger of the past.
      standing.add(tag);
      if (tag === 'TriggerSeq') news.onStanding(value);
    },
  };
};

/**
 * Reads the three tags when `TriggerSeq` has changed, one read at a time. Of two triggers within one read the older is
 * lost, and counted as missed: without a common time stamp nobody can tell what belonged to it.
 * `read` reads them in one request, `TriggerSeq` before and after the others, and is `null` while the two differ.
 */
export const takeRead = (read: () => Promise<TriggerValues | null>, news: TriggerNews): TriggerTaker => {
  let told: number | null = null;
  let wanted = false;
  let reading = false;

  const goOn = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    while (wanted) {
      wanted = false;
      // A read that fails belongs to a session that ends.
      const values = await read().catch(() => undefined);
      if (values === null) wanted = true;
      if (!values || values.TriggerSeq === told) continue;
      told = values.TriggerSeq;
      news.onTrigger(values);
    }
    reading = false;
  };

  return {
    tags: ['TriggerSeq'],
    hear(_tag, _stampMs, value) {
      if (told === null) {
        told = value;
        return news.onStanding(value);
      }
      if (value === told) return;
      wanted = true;
      void goOn();
    },
  };
};
