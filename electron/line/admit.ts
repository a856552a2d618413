import type { Trigger } from '../contract/gate.ts';
import { encoderDistance } from './schedule.ts';
import type { Step } from './step.ts';

/**
 * Which triggers are parts. Sensors bounce, PLC programs count wrongly, and parts may come faster than frames.
 *
 * What must hold: every id gets one verdict at most; every trigger is a part, or is counted as what it is.
 */
export interface Admission {
  last: Trigger | null;
  /** Ids of the last triggers, a ring: none of them gets a second verdict. */
  ids: number[];
}

/** What the rules need of the recipe's tracking. */
export interface AdmissionRule {
  leastSpacingCounts: number;
  mostWaiting: number;
}

const uint32 = 2 ** 32;
/** More parts than are ever between sensor and gate. */
const rememberedIds = 256;
/** A larger step is no jump: the PLC counts anew. */
const mostSkipped = 100_000;

/** No trigger has come yet. */
export const noAdmission = (): Admission => ({ last: null, ids: [] });

/**
 * A trigger has come while `waiting` others have no frame yet. Changes `state`; `null` admits it as a part, else the
 * steps say what becomes of it. // reject-gate §5: double trigger, id jump, trigger while busy
 */
export const refuseTrigger = (state: Admission, trigger: Trigger, waiting: number, rule: AdmissionRule): Step[] | null => {
  const { last } = state;
  if (last !== null && startsAnew(last, trigger)) Object.assign(state, noAdmission());
  if (state.ids.includes(trigger.partId)) {
    // It has its verdict or will have it: nothing more may be said about this id.
    if (last !== null) state.last = { ...last, triggerSeq: trigger.triggerSeq };
    return [note('double-trigger', 1, `Part ${trigger.partId} was triggered again.`)];
  }
  const before = state.last;
  state.last = trigger;
  state.ids.push(trigger.partId);
  if (state.ids.length > rememberedIds) state.ids.shift();
  return before === null ? refuseBusy(trigger, waiting, rule) : refuseAfter(state, before, trigger, { waiting, ...rule });
};

const refuseAfter = (
  state: Admission,
  last: Trigger,
  trigger: Trigger,
  rule: AdmissionRule & { waiting: number },
): Step[] | null => {
  const error = (why: 'double-trigger' | 'id-jump'): Step => ({ do: 'notInspected', trigger, why });
  if (Math.abs(encoderDistance(last.encoder, trigger.encoder)) < rule.leastSpacingCounts) {
    // The next part is measured from the first edge of this one, however long the sensor bounces.
    state.last = { ...trigger, encoder: last.encoder };
    return [
      note('double-trigger', 1, `Part ${trigger.partId} is nearer to the part before it than parts can be.`),
      error('double-trigger'),
    ];
  }
  const skipped = encoderDistance(last.partId, trigger.partId) - encoderDistance(last.triggerSeq, trigger.triggerSeq);
  if (skipped === 0) return refuseBusy(trigger, rule.waiting, rule);
  const what = `The PLC went from part ${last.partId} to part ${trigger.partId} in ${encoderDistance(last.triggerSeq, trigger.triggerSeq)} trigger(s).`;
  return [note('id-jump', Math.abs(skipped), what), error('id-jump')];
};

const refuseBusy = (trigger: Trigger, waiting: number, { mostWaiting }: AdmissionRule): Step[] | null => {
  if (waiting < mostWaiting) return null;
  const what = `Part ${trigger.partId} came while ${waiting} others waited for their frames.`;
  return [note('missed-trigger', 1, what), { do: 'notInspected', trigger, why: 'missed-trigger' }];
};

const note = (kind: 'double-trigger' | 'id-jump' | 'missed-trigger', count: number, what: string): Step => ({
  ...{ do: 'note', kind, count, what },
});

/** A PLC that was restarted counts its triggers anew: what came before says nothing. */
const startsAnew = (last: Trigger, { triggerSeq }: Trigger): boolean => {
  const steps = (triggerSeq - last.triggerSeq + uint32) % uint32;
  return steps === 0 || steps > mostSkipped;
};
