import { z } from 'zod';
import { providers } from './frame.ts';
import { gateStates } from './gate.ts';
import { verdictKinds } from './verdict.ts';

/**
 * What was decided about one part, as it is kept and reported. `station + lane + sequence` is its id; order is by
 * `sequence`, never by a clock.
 */
export const partRecord = z.object({
  station: z.string(),
  lane: z.string(),
  sequence: z.int().positive(),
  partId: z.int().nonnegative(),
  /** Encoder count latched at the part-present sensor. */
  encoder: z.int().nonnegative().nullable(),
  verdict: z.enum(verdictKinds),
  reason: z.string(),
  label: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  scores: z.array(z.number()),
  model: z.string(),
  modelVersion: z.string(),
  modelSha8: z.string(),
  provider: z.enum(providers).nullable(),
  recipe: z.string(),
  /** The job order of the MES and its lot. `line` does not know them: `records` fills them in when it keeps the record. */
  order: z.string().nullable(),
  lot: z.string().nullable(),
  frameSequence: z.int().nullable(),
  /** What the gate was told to do, and how the telling ended. */
  reject: z.boolean(),
  /** It goes on, marked as a part that nobody vouches for. */
  mark: z.boolean().default(false),
  gate: z.enum(gateStates),
  /** Wall clock, milliseconds since 1970. */
  decidedAtMs: z.int(),
  /** Monotonic, milliseconds. */
  decidedMonoMs: z.number(),
  verdictMs: z.number().nullable(),
  gateAckMs: z.number().nullable(),
});
export type PartRecord = z.infer<typeof partRecord>;
