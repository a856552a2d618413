/** The four verdicts. Numbers on the wire are in `gate.ts`. */
export const verdictKinds = ['ok', 'nok', 'unsure', 'error'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/**
 * Why a verdict is `error`. A bad part is never an error, and an error is never a verdict on the part:
 * it says that the part was not inspected.
 */
export const faultReasons = [
  'no-frame', // the part was triggered, its frame never came
  'frame-lost', // the camera's counter says a frame between two others is missing
  'model-fault', // scores that are no probabilities
  'camera-lost',
  'vision-restarting',
  'black',
  'saturated',
  'frozen',
  'blurred',
  'torn',
  'double-trigger', // a second trigger for one part: what belongs to which is not certain
  'id-jump', // the PLC's part ids skipped while its triggers did not
  'missed-trigger', // triggered faster than frames can come
  'wrong-format', // another size or number of channels than the camera began with
  'inference-hangs', // the work on a frame does not end
] as const;
export type FaultReason = (typeof faultReasons)[number];

/** What was decided, and why. */
export interface Verdict {
  kind: VerdictKind;
  /** `nok`: the defect's label; `unsure`: `low-confidence`; `error`: a {@link FaultReason}; `ok`: the good label. */
  reason: string;
  /** The most probable label, when there were scores. */
  label: string | null;
  /** Probability (0…1) that carries the verdict: of being good for `ok`, of being defective for `nok`. */
  confidence: number;
}
