import { z } from 'zod';

const probability = z.number().min(0).max(1);

/** What is inspected and how. One TOML file each, in the station's `recipes` folder; its name is the recipe's name. */
export const recipe = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  product: z.string().min(1),
  /** Folder of a model package, relative to the recipe's file. */
  model: z.string().min(1),
  /** Region of interest in pixels of the frame; the whole frame when left out. */
  roi: z
    .strictObject({ x: z.int().nonnegative(), y: z.int().nonnegative(), width: z.int().positive(), height: z.int().positive() })
    .optional(),
  /** Overrides of the model's own thresholds. */
  thresholds: z.strictObject({ ok: probability.optional(), nok: probability.optional() }).default({}),
  gate: z.strictObject({
    /** Encoder counts from the part-present sensor to the gate. */
    distanceCounts: z.int().positive(),
    /** Time the actuator and the PLC need before the part arrives. */
    actuatorMs: z.number().nonnegative(),
    /** What the gate does with a part that is `unsure`. */
    unsure: z.enum(['reject', 'pass']).default('reject'),
    /** What the gate does when there is no valid verdict in time; the PLC does it by itself. */
    failSafe: z.enum(['reject', 'stop', 'pass-and-mark']).default('reject'),
  }),
  tracking: z
    .strictObject({
      /** A frame and its trigger belong together when their encoder counts differ by no more than this. */
      toleranceCounts: z.int().nonnegative().default(2),
      /** A trigger without a frame for so long was not inspected. */
      frameTimeoutMs: z.number().positive().default(120),
    })
    .prefault({}),
  images: z
    .strictObject({
      /** Keep every n-th picture of an `ok` part; 0 keeps none. `nok`, `unsure` and `error` are always kept. */
      okEvery: z.int().nonnegative().default(100),
      jpegQuality: z.int().min(10).max(100).default(90),
    })
    .prefault({}),
});
export type Recipe = z.infer<typeof recipe>;
