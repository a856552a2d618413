import { readFileSync } from 'node:fs';
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { messageOf, PersonError } from '../base/errors.ts';
import type { Provider } from '../contract/frame.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { ModelPackage } from '../config/modelPackage.ts';

// What ONNX Runtime has to say reaches us as errors, which we say in our own words.
env.logLevel = 'fatal';

/** One loaded model on one provider. Not re-entrant: one `score` at a time. */
export interface Session {
  readonly provider: Provider;
  /** Scores `pixels` (as {@link Manifest.input} says); the returned array is overwritten by the next call. */
  score(pixels: Uint8Array): Promise<Float32Array>;
  release(): Promise<void>;
}

/** Providers this build of ONNX Runtime was made with, whether or not their libraries load on this machine. */
export const builtInProviders = (): string[] => listSupportedBackends().map((backend) => backend.name);

const sessionOptions = (provider: Provider): InferenceSession.SessionOptions => ({
  executionProviders: [provider],
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  // One thread: the other core belongs to capture, gate and the rest; a second one brought more jitter than speed.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 4,
  extra: {
    session: {
      intra_op: { allow_spinning: '0' },
      // A provider is proven alone: it must take the whole graph, or loading fails.
      ...(provider === 'cpu' ? {} : { disable_cpu_ep_fallback: '1' }),
    },
  },
});

/**
 * Loads the package's model on `provider` alone, without fallback.
 * Throws {@link PersonError} when the provider is not there, or the model is not what its manifest says.
 */
export const openSession = async (model: ModelPackage, provider: Provider): Promise<Session> => {
  const { manifest } = model;
  if (!builtInProviders().includes(provider))
    throw new PersonError(`This build of ONNX Runtime has no provider "${provider}".`, 'Choose another in the station file.');
  const session = await InferenceSession.create(readFileSync(model.modelFile), sessionOptions(provider)).catch(
    (cause: unknown) => {
      throw new PersonError(
        `The model ${manifest.name} does not load on ${provider}: ${shortly(cause)}.`,
        'Send a model made for this device.',
        { cause },
      );
    },
  );
  const { name, height, width } = manifest.input;
  const shape = [1, height, width, 3];
  assertShape(session, manifest, shape);
  const scores = new Float32Array(manifest.labels.length);
  const fetches = { [manifest.output.name]: new Tensor('float32', scores, [1, scores.length]) };
  return {
    provider,
    async score(pixels) {
      await session.run({ [name]: new Tensor('uint8', pixels, shape) }, fetches);
      return scores;
    },
    release: () => session.release(),
  };
};

/** The first line tells what is wrong; the rest is for ONNX Runtime's own developers. */
const shortly = (cause: unknown): string => messageOf(cause).split('\n')[0] ?? '';

/** The package contradicts itself: it is the same on every provider. */
export class ContradictoryModel extends PersonError {}

const assertShape = (session: InferenceSession, manifest: Manifest, shape: number[]): void => {
  const { input, output, labels } = manifest;
  const toDo = 'Send a package whose manifest and model agree; "linegate model check" tells more.';
  const taken = session.inputMetadata.find((each) => each.name === input.name);
  if (taken?.isTensor !== true) throw new ContradictoryModel(`The model has no input "${input.name}".`, toDo);
  const wanted = `uint8 [${shape.join(',')}]`;
  const actual = `${taken.type} [${taken.shape.join(',')}]`;
  if (wanted !== actual) throw new ContradictoryModel(`The model takes ${actual}, its manifest says ${wanted}.`, toDo);
  const given = session.outputMetadata.find((each) => each.name === output.name);
  if (given?.isTensor !== true) throw new ContradictoryModel(`The model has no output "${output.name}".`, toDo);
  if (given.type !== 'float32' || given.shape.at(-1) !== labels.length)
    throw new ContradictoryModel(
      `The model gives ${given.type} [${given.shape.join(',')}], its manifest names ${labels.length} labels.`,
      toDo,
    );
};
