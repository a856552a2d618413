import type { Trigger } from '../../contract/gate.ts';
import {
  challengeNow,
  type ConditionTag,
  conditionTags,
  type Noted,
  onCondition,
  type PlcCondition,
  wellCondition,
} from './condition.ts';
import { type BeltNews, hearBelt, type HeardBelt, unheardBelt } from '../reading.ts';
import { missedTriggers } from './missed.ts';
import type { PlcNews } from './subscription.ts';
import { openWishes, type WishHandlers } from './wishes.ts';

export interface PlcHandlers extends WishHandlers {
  /** Once a trigger, in order. */
  onTrigger(trigger: Trigger): void;
  onBelt(belt: HeardBelt): void;
  /** The reject-confirm sensor has seen this part. */
  onConfirmed?(partId: number): void;
  /** So many triggers were never heard: the link was down, or the PLC's queue ran over. */
  onMissed(count: number): void;
  /** Something that belongs into the records. */
  onNoted(noted: Noted): void;
}

/** What the PLC has told us. */
export interface Heard {
  /** When its heartbeat last changed in this session, monotonic. */
  heartbeatAtMs: number | null;
  failSafe: boolean;
  belt: HeardBelt;
  condition: PlcCondition;
  lastTrigger: { seq: number; partId: number } | null;
}

/** Keeps what the PLC tells and passes on what is news; `newSession` begins to listen anew. */
export const openHeard = (handlers: PlcHandlers, monoMs: () => number): { heard: Heard; newSession(): PlcNews } => {
  const heard: Heard = {
    heartbeatAtMs: null,
    failSafe: false,
    belt: unheardBelt(),
    condition: wellCondition(monoMs()),
    lastTrigger: null,
  };
  const onBelt = (news: BeltNews): void => {
    heard.belt = hearBelt(heard.belt, news, monoMs());
    handlers.onBelt(heard.belt);
  };
  const onTriggerSeq = (seq: number, partId: number, first: boolean): void => {
    const missed = missedTriggers(heard.lastTrigger?.seq ?? null, seq, first);
    heard.lastTrigger = { seq, partId };
    if (missed > 0) handlers.onMissed(missed);
  };
  const newSession = (): PlcNews => {
    let heartbeat: unknown = null;
    let confirmed: number | null = null;
    const onWish = openWishes(handlers, () => heard.condition.owner);
    heard.heartbeatAtMs = null;
    return {
      onStanding: (triggerSeq) => onTriggerSeq(triggerSeq, 0, true),
      onTrigger({ PartId: partId, EncoderAtTrigger: encoder, TriggerSeq: triggerSeq }) {
        onTriggerSeq(triggerSeq, partId, false);
        handlers.onTrigger({ triggerSeq, partId, encoder, receivedAtMs: monoMs(), challenge: challengeNow(heard.condition) });
      },
      onChange(tag, value) {
        if (tag === 'FailSafeActive') heard.failSafe = value === true;
        else if (tag === 'EncoderRate') onBelt({ countsPerSecond: Number(value) });
        else if (tag === 'LineRunning') onBelt({ running: value === true });
        else if (tag === 'Encoder') onBelt({ encoder: Number(value) });
        else if (tag === 'RejectConfirmed') {
          // What stands there when we come is of the past.
          if (confirmed !== null && Number(value) !== confirmed) handlers.onConfirmed?.(Number(value));
          confirmed = Number(value);
        } else if (isCondition(tag)) {
          const noted = onCondition(heard.condition, tag, value, monoMs());
          if (noted !== null) handlers.onNoted(noted);
        } else if (tag !== 'Heartbeat') onWish(tag, Number(value));
        else if (value !== heartbeat) {
          // The first value may have stood there for long; only a change shows life.
          if (heartbeat !== null) heard.heartbeatAtMs = monoMs();
          heartbeat = value;
        }
      },
    };
  };
  return { heard, newSession };
};

const isCondition = (tag: string): tag is ConditionTag => conditionTags.some((each) => each === tag);
