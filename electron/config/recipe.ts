import { z } from 'zod';
import { failSafes } from '../contract/gate.ts';

const probability = z.number().min(0).max(1);

/** What is done when an interlock trips: the PLC is asked to stop the belt, or a person is called and the line runs on. */
const interlockAction = z.enum(['stop', 'alarm']);

/** How scores become a verdict. Thresholds that are named here win over `costs`, and those over the model's own. */
export const policy = z.strictObject({
  ok: probability.optional(),
  nok: probability.optional(),
  /** A defect that needs no more than this by itself, whatever the others say: label → probability. */
  defects: z.record(z.string(), probability).default({}),
  /** What a wrong decision costs, in any one unit; `decide.ts` says which thresholds follow. */
  costs: z
    .strictObject({
      /** A bad part that goes on. */
      escape: z.number().positive(),
      /** A good part that is ejected. */
      falseReject: z.number().positive(),
      /** A part that a person looks at; without it nothing is `unsure`. */
      review: z.number().positive().optional(),
    })
    .optional(),
  /** Several frames of a part: the worst of their verdicts, or one verdict on the mean of their scores. */
  frames: z.enum(['worst', 'mean']).default('worst'),
  /** Fewer good frames than this are no inspection. */
  leastFrames: z.int().positive().default(1),
});

const interlocks = z.strictObject({
  /** So many parts rejected one after the other. */
  consecutive: z.strictObject({ rejects: z.int().min(2), does: interlockAction.default('alarm') }).optional(),
  /** More than this share of the last `parts` parts rejected. */
  rate: z
    .strictObject({ share: probability, parts: z.int().min(10).max(10_000).default(200), does: interlockAction.default('alarm') })
    .optional(),
});

const tracking = z.strictObject({
  /** `triggered`: the part-present sensor fires the camera, one frame a part. `free-running`: parts are found in the frames. */
  mode: z.enum(['triggered', 'free-running']).default('triggered'),
  /** A frame and its trigger, or two sights of one part, differ by no more encoder counts than this. */
  toleranceCounts: z.int().nonnegative().default(2),
  /** A trigger without a frame for so long was not inspected, and its camera is silent. // faults #2: 100 ms to the gate */
  frameTimeoutMs: z.number().positive().default(70),
  /** Two parts cannot be nearer than this: a second trigger within it is the same part again. */
  leastSpacingCounts: z.int().nonnegative().default(0),
  /** More triggers than this waiting for their frames: the next is missed. */
  mostWaiting: z.int().positive().default(32),
  /** Free-running: encoder counts in a pixel, negative where parts go from right to left. */
  countsPerPx: z.number().default(1),
  /**
   * Free-running: encoder counts from a part-present sensor to the middle of the region of interest, negative where it comes
   * after it. Parts that it saw and no frame shows are answered for. Left out: there is none, or it is not to be heard.
   */
  sensorCounts: z.int().optional(),
  /** Free-running: a part past the middle and out of sight for so long has gone by. The next part's first frame says so too. */
  lostMs: z.number().positive().default(150),
});

/** Free-running: how parts are told from the belt. Lengths are pixels of the frame, along the belt or across it. */
const detection = z.strictObject({
  /** A part is where grey levels differ from place to place (`edges`), or where they are over or under `level`. */
  find: z.enum(['edges', 'bright', 'dark']).default('edges'),
  /** `edges`: the least difference over 16 pixels that counts, above what the belt's own pattern has. Else a grey level. */
  level: z.int().min(1).max(255).default(16),
  leastWidthPx: z.int().positive().default(48),
  leastHeightPx: z.int().positive().default(48),
  /** What is nearer together than this is one part. */
  leastGapPx: z.int().positive().default(48),
});

/** What a frame must be like to be judged; one that is not gives `error`. Shares are 0…1. */
const checks = z.strictObject({
  /** Dark when so much of the region of interest is under 10 % of full scale. // ffmpeg blackdetect's 98 % */
  blackShare: probability.default(0.98),
  /** Overexposed when more of the region of interest is at full scale. // faults #4 */
  saturatedShare: probability.default(0.3),
  /** Torn when so much of the frame's height, from its lower edge, holds one value only. 1 switches it off. */
  tornShare: probability.default(0.1),
  /**
   * So many frames in a row of the same bytes: a sensor's noise never gives two. 0 switches it off, for recordings. Without
   * it 2 where a sensor fires the camera (a repeated frame would be judged as another part), else 5. // faults #5
   */
  frozenFrames: z.int().nonnegative().optional(),
  /** Blurred when pixels two columns apart differ by less than so many grey levels in the mean. 0 switches it off: it depends on the product. */
  leastSharpness: z.number().nonnegative().default(0),
  /** Frames a second that are looked at; those beyond are dropped and an alarm is given. Above what the camera is set to. */
  mostFps: z.number().positive().optional(),
});

/** What is inspected and how. One TOML file each, in the station's `recipes` folder; its name is the recipe's name. */
export const recipe = z.strictObject({
  format: z.literal(2),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** What the PLC calls it in `RecipeReq`; without one only the station file can choose it. */
  number: z.int().min(1).max(65_535).optional(),
  product: z.string().min(1),
  /** Folder of a model package, relative to the recipe's file. */
  model: z.string().min(1),
  /** Region of interest in pixels of the frame; the whole frame when left out. */
  roi: z
    .strictObject({ x: z.int().nonnegative(), y: z.int().nonnegative(), width: z.int().positive(), height: z.int().positive() })
    .optional(),
  policy: policy.prefault({}),
  gate: z.strictObject({
    /** Encoder counts from the part-present sensor (free-running: from the middle of the region of interest) to the gate. */
    distanceCounts: z.int().positive(),
    /** Time the actuator and the PLC need before the part arrives. */
    actuatorMs: z.number().nonnegative(),
    /** Where the station times the gate: how long it is open for a part, encoder counts, half of it before the part's place. */
    pulseCounts: z.int().positive().default(160),
    /** Where the station times the gate: it cannot close for less than this, and stays open instead. */
    leastGapCounts: z.int().nonnegative().default(0),
    /** What the gate does with a part that is `unsure`. */
    unsure: z.enum(['reject', 'pass', 'pass-and-mark']).default('reject'),
    /** What the gate does when there is no valid verdict in time; the PLC does it by itself. */
    failSafe: z.enum(failSafes).default('reject'),
  }),
  interlocks: interlocks.prefault({}),
  checks: checks.prefault({}),
  tracking: tracking.prefault({}),
  detection: detection.prefault({}),
  images: z
    .strictObject({
      /** Keep every n-th picture of an `ok` part; 0 keeps none. `nok`, `unsure` and `error` are always kept. */
      okEvery: z.int().nonnegative().default(100),
      jpegQuality: z.int().min(10).max(100).default(90),
    })
    .prefault({}),
});
export type Recipe = z.infer<typeof recipe>;
