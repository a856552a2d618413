import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const probability = z.number().min(0).max(1);
/** A path inside the package: relative, no way out of it. */
const insidePath = z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, 'a path inside the package');

const label = z.object({
  name: z.string().min(1),
  verdict: z.enum(['ok', 'nok']),
  /** What people call it, by language (BCP 47); the name itself where a language is missing. */
  words: z.record(z.string(), z.string().min(1)).optional(),
});
export type Label = z.infer<typeof label>;

const figures = z.object({
  images: z.int().nonnegative(),
  accuracy: probability,
  balancedAccuracy: probability,
  /** Rows: truth; columns: prediction; in the order of `labels`. */
  confusion: z.array(z.array(z.int().nonnegative())),
  bytes: z.int().positive(),
  /** Median of one inference on one thread, milliseconds, on the machine that made the package. */
  inferenceMs: z.number().positive(),
});

/** `manifest.json` of a model package: everything about the model that code must not know by itself. */
export const manifest = z.object({
  format: z.literal('linegate-model/1'),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  createdAt: z.iso.datetime(),
  description: z.string(),
  /** In the order of the model's outputs. */
  labels: z.array(label).min(2),
  model: z.object({ file: insidePath, sha256, bytes: z.int().positive() }),
  /** uint8 NHWC RGB: the camera's bytes are the model's input. */
  input: z.object({
    name: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    /** How a region of interest is brought to this size: OpenCV's INTER_AREA or INTER_LINEAR. */
    resize: z.enum(['area', 'linear']),
  }),
  /** Float32 [1, labels], probabilities. */
  output: z.object({ name: z.string() }),
  thresholds: z.object({
    /** `ok` needs at least this probability over all good labels. */
    ok: probability,
    /** `nok` needs at least this probability over all defect labels. */
    nok: probability,
  }),
  golden: z.object({
    /** CSV with `file,label` relative to the package's root. */
    labels: insidePath,
    /** CSV: file, then one probability per label, as onnxruntime's CPU provider computed them from the file's pixels. */
    outputs: insidePath,
    /** Largest difference to a golden output that a provider may show. */
    tolerance: probability,
    /** Accuracy of the INT8 model on the golden set. */
    accuracy: probability,
  }),
  figures: z.object({ fp32: figures, int8: figures }),
  /** SHA-256 of every other file of the package. */
  files: z.record(insidePath, sha256),
});
export type Manifest = z.infer<typeof manifest>;
