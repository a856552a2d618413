/**
 * Loaded into every process of a station before anything else (`NODE_OPTIONS=--import`): stands between ONNX Runtime and
 * `vision` and does to the scores what the file in `LINEGATE_STUB` says at that moment: `well`, `nan`, `infinite`,
 * `outside`, `delay MS` (each inference takes up to so much longer), or `hang` (one does not end; the file says `well` again,
 * and one beside it, `.hung`, when it began, monotonic). Nothing of the product knows of it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { monoMs } from '../../../electron/base/clock.ts';

const file = process.env['LINEGATE_STUB'];
const isVision = process.argv[1]?.endsWith('vision/main.ts') === true;

const wait = new Int32Array(new SharedArrayBuffer(4));
const hang = (at: string): void => {
  writeFileSync(at, 'well');
  writeFileSync(`${at}.hung`, `${monoMs()}`);
  Atomics.wait(wait, 0, 0);
};
const spoil = (scores: Float32Array, how: string): void => {
  if (how === 'nan') scores[0] = Number.NaN;
  else if (how === 'infinite') scores[1] = Number.POSITIVE_INFINITY;
  else if (how === 'outside') scores.fill(1.5);
  else if (how.startsWith('delay ')) Atomics.wait(wait, 0, 0, Math.random() * Number(how.slice('delay '.length)));
};

/** What is stood between, as far as it is used here. */
type Run = (feeds: object, fetches: Record<string, { data: unknown }>) => Promise<unknown>;
type Create = (model: Uint8Array, options: object) => Promise<{ run: Run }>;

if (file !== undefined && isVision) {
  const { InferenceSession } = (await import('onnxruntime-node')) as unknown as { InferenceSession: { create: Create } };
  const create = InferenceSession.create.bind(InferenceSession);
  InferenceSession.create = async (model, options) => {
    const session = await create(model, options);
    const run = session.run.bind(session);
    session.run = async (feeds, fetches) => {
      if (readFileSync(file, 'utf8') === 'hang') hang(file);
      const result = await run(feeds, fetches);
      // The scores are read where they were asked for, not from the result.
      for (const { data } of Object.values(fetches)) if (data instanceof Float32Array) spoil(data, readFileSync(file, 'utf8'));
      return result;
    };
    return session;
  };
}
