import type { ChallengePart } from './challenge.ts';
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
  /** In mode `challenge`: the part that comes is known to be good and must pass. Else it is a bad one. */
  ChallengeGood: 'Boolean',
  FailSafeActive: 'Boolean',
  /** Number of the recipe that is wanted (0: none), and a count that grows with every wish. */
  RecipeReq: 'UInt16',
  RecipeReqSeq: 'UInt32',
  /** A person has switched the machine to local: only the station's own recipe may be used. */
  LocalControl: 'Boolean',
  /** Grows when a person resets the interlocks at the PLC. */
  InterlockReset: 'UInt32',
  // Linegate → PLC
  VisionHeartbeat: 'UInt32',
  VisionOnline: 'Boolean',
  VisionReady: 'Boolean',
  TriggerAck: 'UInt32',
  /** The gate's output itself, where the station times the gate. */
  GateOutput: 'Boolean',
  ResultPartId: 'UInt32',
  ResultVerdict: 'Byte',
  ResultReason: 'UInt16',
  ResultScore: 'Float',
  ResultDeadline: 'UInt32',
  /** Encoder count at which the part is at the gate: names it where no trigger has given it an id. */
  ResultGateEncoder: 'UInt32',
  ResultReject: 'Boolean',
  ResultMark: 'Boolean',
  ResultValid: 'Boolean',
  ResultLate: 'UInt32',
  /** Commands that wait for the PLC; where the station times the gate, decided parts that are not past it. */
  BufferDepth: 'UInt16',
  /** Parts are between trigger and verdict. */
  VisionBusy: 'Boolean',
  /** Who may choose the recipe, a code of `owners`. */
  ControlOwner: 'Byte',
  MissedTriggers: 'UInt32',
  RecipeActive: 'String',
  /** The `RecipeReqSeq` that was answered last, and the answer. */
  RecipeAck: 'UInt32',
  RecipeError: 'UInt16',
  /** An interlock or the fail-safe wants the belt to stop. */
  StopRequest: 'Boolean',
  ModelVersion: 'String',
  ResultSeq: 'UInt32',
} as const;
export type PlcTag = keyof typeof plcTags;

/**
 * Who times the gate: the PLC, which is given a verdict and tracks the part; or this station, to which the gate is an
 * output that it switches by encoder count and speed.
 */
export const gateModes = ['plc', 'line'] as const;
export type GateMode = (typeof gateModes)[number];

/** What the gate does with a part on which no valid verdict is there in time. */
export const failSafes = ['reject', 'stop', 'pass-and-mark'] as const;
export type FailSafe = (typeof failSafes)[number];

const neededAlways = [
  ...(['Heartbeat', 'PartId', 'EncoderAtTrigger', 'TriggerSeq', 'Encoder', 'EncoderRate', 'LineRunning'] as const),
  'VisionHeartbeat',
] as const satisfies PlcTag[];
/** Without these there is no gate; a PLC may lack any other. */
export const neededTags: Readonly<Record<GateMode, readonly PlcTag[]>> = {
  plc: [...neededAlways, 'ResultPartId', 'ResultReject', 'ResultSeq'],
  line: [...neededAlways, 'GateOutput'],
};
const results: readonly PlcTag[] = [
  ...(['ResultAck', 'ResultPartId', 'ResultVerdict', 'ResultReason', 'ResultScore', 'ResultDeadline'] as const),
  ...(['ResultReject', 'ResultMark', 'ResultValid', 'ResultGateEncoder', 'ResultSeq'] as const),
];
/** Tags that mean nothing in a mode: neither looked for nor written there. */
export const foreignTags: Readonly<Record<GateMode, readonly PlcTag[]>> = { plc: ['GateOutput'], line: results };

const tags = Object.keys(plcTags) as PlcTag[];
/** Linegate writes them; the PLC all others. */
export const stationTags: ReadonlySet<PlcTag> = new Set(tags.slice(tags.indexOf('VisionHeartbeat')));

/** What a variable of a PLC may be of; whole numbers of 64 bit are none of them. */
export const wireTypes = [
  ...(['Boolean', 'SByte', 'Byte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'Float', 'Double', 'String'] as const),
] as const;
export type WireType = (typeof wireTypes)[number];

/** `ResultVerdict` on the wire. */
export const verdictCode = { ok: 1, nok: 2, unsure: 3, error: 4 } as const satisfies Record<VerdictKind, number>;

/** `Mode` on the wire. In `bypass` and `simulation` the gate lets every part pass. // reject-gate §4 */
export const plcModes = { auto: 1, bypass: 2, challenge: 3, simulation: 4 } as const;
export type PlcMode = keyof typeof plcModes;

/** `ControlOwner` on the wire: the PLC, or the person at the machine (`LocalControl`). */
export const owners = { plc: 1, person: 2 } as const;
export type Owner = keyof typeof owners;

/** Heartbeats both ways; the PLC applies the fail-safe by itself when ours is older than the time-out. */
export const heartbeatEveryMs = 100;
export const heartbeatTimeoutMs = 300;
/** Who looks for an old heartbeat looks this much early, because nobody looks all the time. // faults #23, #25: ≤ 300 ms */
export const heartbeatOldMs = heartbeatTimeoutMs - 40;

/** `line` → PLC, one per part: written in the order of `plcTags`, `ResultSeq` last. */
export interface GateCommand {
  /** Sequence number of the verdict on this lane; the PLC acts on its change. */
  sequence: number;
  /** As the PLC has numbered the part; of a free-running camera, as the station has. */
  partId: number;
  verdict: VerdictKind;
  reasonCode: number;
  score: number;
  /** What the gate shall do with the part, by the recipe's rule. */
  reject: boolean;
  /** It passes, and is to be marked as a part that nobody vouches for. */
  mark: boolean;
  /** Encoder count at which the part is at the gate. */
  gateEncoder: number;
  /** Encoder count after which the PLC must refuse the command. */
  deadlineEncoder: number;
  /** The same moment on this station's monotonic clock: `line` does not send after it. */
  deadlineMs: number;
}

/** `RecipeError` on the wire: why a recipe cannot be had. */
export const recipeRefusals = {
  none: 0,
  /** Parts are between trigger and verdict, or another switch is under way: ask again when the belt is empty. */
  busy: 1,
  unknown: 2,
  /** The recipe's file or its model package is wrong. */
  faulty: 3,
  /** A person has the machine in local control. */
  local: 5,
  /** The model does not run on this station; the recipe before is used again. */
  'model-refused': 4,
} as const;
export type RecipeRefusal = keyof typeof recipeRefusals;

/** PLC → `line`: use another recipe. */
export interface RecipeRequest {
  number: number;
  seq: number;
  /** Who has control of the machine. */
  owner: Owner;
}

/**
 * How a gate command ended. By the PLC's answer: `acknowledged` or `refused`. Where the station times the gate, by how the gate
 * was when the part was there: `commanded` as decided; `executed`, so, and the reject-confirm sensor saw the part; `unseen`, so, and the sensor did not see it;
 * `overruled`, open though the part was to pass, for one that lay too near or a stretch that nobody knew. In both: `late`, the part's window was
 * over; `not-connected`, the link was not fit for use; `unknown`, the process that was to tell us ended before the part was there.
 */
export const gateOutcomes = [
  ...(['acknowledged', 'commanded', 'executed', 'unseen', 'overruled', 'late', 'not-connected', 'refused', 'unknown'] as const),
] as const;
export type GateOutcome = (typeof gateOutcomes)[number];
/** `underway`: decided and on record, and not yet at a gate that the station times. */
export const gateStates = [...gateOutcomes, 'underway'] as const;
export type GateState = (typeof gateStates)[number];

/** PLC → `line`: a part passed the part-present sensor, which latched the encoder and fired the camera. */
export interface Trigger {
  triggerSeq: number;
  partId: number;
  encoder: number;
  /** When `line` learnt of it, monotonic. */
  receivedAtMs: number;
  /** What the PLC said of this part in mode `challenge`; left out where no trigger of the PLC announced it. */
  challenge?: ChallengePart | null;
}
