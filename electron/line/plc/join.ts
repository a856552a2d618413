import type { PlcTag } from '../../contract/gate.ts';

/** The tags that together are a trigger; the PLC sets them with one source time stamp. */
export const triggerTags = ['PartId', 'EncoderAtTrigger', 'TriggerSeq'] as const satisfies PlcTag[];
export type TriggerTag = (typeof triggerTags)[number];

export type TriggerValues = Record<TriggerTag, number>;

interface Change {
  /** Source time stamp, milliseconds: the PLC's clock, only compared with itself. */
  stampMs: number;
  value: number;
}

/**
 * Brings the changes of the three tags together. Each comes in its own order, the three among each other in any:
 * what carries the same source time stamp is one trigger. A change whose partners never came is dropped.
 */
export interface Join {
  waiting: Record<TriggerTag, Change[]>;
}

export const emptyJoin = (): Join => ({ waiting: { PartId: [], EncoderAtTrigger: [], TriggerSeq: [] } });

/** Takes one change; returns the trigger that it completes, or `null`. */
export const onChange = (join: Join, tag: TriggerTag, stampMs: number, value: number): TriggerValues | null => {
  join.waiting[tag].push({ stampMs, value });
  return complete(join.waiting);
};

const complete = ({ PartId, EncoderAtTrigger, TriggerSeq }: Join['waiting']): TriggerValues | null => {
  for (;;) {
    const [id] = PartId;
    const [encoder] = EncoderAtTrigger;
    const [sequence] = TriggerSeq;
    if (id === undefined || encoder === undefined || sequence === undefined) return null;
    const newestMs = Math.max(id.stampMs, encoder.stampMs, sequence.stampMs);
    if (id.stampMs < newestMs) PartId.shift();
    if (encoder.stampMs < newestMs) EncoderAtTrigger.shift();
    if (sequence.stampMs < newestMs) TriggerSeq.shift();
    if (id.stampMs !== encoder.stampMs || encoder.stampMs !== sequence.stampMs) continue;
    PartId.shift();
    EncoderAtTrigger.shift();
    TriggerSeq.shift();
    return { PartId: id.value, EncoderAtTrigger: encoder.value, TriggerSeq: sequence.value };
  }
};
