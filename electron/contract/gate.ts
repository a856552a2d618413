import type { VerdictKind } from './verdict.ts';

/**
 * The flat interface between Linegate and a PLC, in the manner of gate makers: every name is one OPC UA variable
 * on the PLC's server. The station file may bind each to another node id.
 */
export const plcTags = {
  // PLC → Linegate
  Heartbeat: 'UInt32',
  PartId: 'UInt32',
  EncoderAtTrigger: 'UInt32',
  TriggerSeq: 'UInt32',
  Encoder: 'UInt32',
  EncoderRate: 'Float',
  LineRunning: 'Boolean',
  Mode: 'Byte',
  ResultAck: 'UInt32',
  RejectConfirmed: 'UInt32',
  RejectBinFull: 'Boolean',
  AirOk: 'Boolean',
  FailSafeActive: 'Boolean',
  // Linegate → PLC
  VisionHeartbeat: 'UInt32',
  VisionOnline: 'Boolean',
  VisionReady: 'Boolean',
  TriggerAck: 'UInt32',
  ResultPartId: 'UInt32',
  ResultVerdict: 'Byte',
  ResultReason: 'UInt16',
  ResultScore: 'Float',
  ResultDeadline: 'UInt32',
  ResultReject: 'Boolean',
  ResultValid: 'Boolean',
  ResultLate: 'UInt32',
  MissedTriggers: 'UInt32',
  RecipeActive: 'String',
  ModelVersion: 'String',
  ResultSeq: 'UInt32',
} as const;
export type PlcTag = keyof typeof plcTags;

/** `ResultVerdict` on the wire. */
export const verdictCode = { ok: 1, nok: 2, unsure: 3, error: 4 } as const satisfies Record<VerdictKind, number>;

/** Heartbeats both ways; the PLC applies the fail-safe by itself when ours is older than the time-out. */
export const heartbeatEveryMs = 100;
export const heartbeatTimeoutMs = 300;

/** `line` → PLC, one per part: written in the order of `plcTags`, `ResultSeq` last. */
export interface GateCommand {
  /** Sequence number of the verdict on this lane; the PLC acts on its change. */
  sequence: number;
  partId: number;
  verdict: VerdictKind;
  reasonCode: number;
  score: number;
  /** What the gate shall do with the part, by the recipe's rule. */
  reject: boolean;
  /** Encoder count after which the PLC must refuse the command. */
  deadlineEncoder: number;
  /** The same moment on this station's monotonic clock: `line` does not send after it. */
  deadlineMs: number;
}

/** How a gate command ended. */
export type GateOutcome = 'acknowledged' | 'late' | 'not-connected' | 'refused';

/** PLC → `line`: a part passed the part-present sensor, which latched the encoder and fired the camera. */
export interface Trigger {
  triggerSeq: number;
  partId: number;
  encoder: number;
  /** When `line` learnt of it, monotonic. */
  receivedAtMs: number;
}
