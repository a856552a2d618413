import { forPerson, PersonError } from '../base/errors.ts';
import type { ModelInUse, Provider } from '../contract/frame.ts';
import type { ModelPackage } from '../config/modelPackage.ts';
import { readGolden, runGolden } from './golden.ts';
import { ContradictoryModel, openSession, type Session } from './session.ts';

/** Golden pictures that prove a provider at start; the whole set is for `linegate model check`. */
const proofImages = 6;

export interface Proven {
  session: Session;
  /** What one inference takes here when nothing disturbs it. */
  inferenceMs: number;
  /** Why each provider preferred over this one is not used. */
  refusals: { provider: Provider; why: string }[];
}

/**
 * The first provider of `preference` that is proven: listed by the runtime, loaded alone, and agreeing with the
 * package's golden outputs. Throws {@link PersonError} when none is.
 */
export const proveProvider = async (model: ModelPackage, preference: readonly Provider[]): Promise<Proven> => {
  const refusals: Proven['refusals'] = [];
  for (const provider of preference) {
    try {
      return { ...(await prove(model, provider)), refusals };
    } catch (cause) {
      if (cause instanceof ContradictoryModel) throw cause;
      refusals.push({ provider, why: forPerson(cause) });
    }
  }
  const only = refusals.length === 1 ? refusals[0]?.why : refusals.map(({ provider, why }) => `${provider}: ${why}`).join(' ');
  throw new PersonError(`No provider can run the model. ${only ?? ''}`, 'Run "linegate doctor" on this device.');
};

const prove = async (model: ModelPackage, provider: Provider): Promise<Omit<Proven, 'refusals'>> => {
  const session = await openSession(model, provider);
  const golden = readGolden(model);
  const step = Math.max(1, Math.floor(golden.length / proofImages));
  const some = golden.filter((_, index) => index % step === 0).slice(0, proofImages);
  const { worstDifference, inferenceMs } = await runGolden(session, model, some);
  if (worstDifference <= model.manifest.golden.tolerance) return { session, inferenceMs };
  await session.release();
  throw new PersonError(
    `${provider} computes other scores than the model was proven with (off by ${worstDifference.toFixed(3)}, allowed ${model.manifest.golden.tolerance}).`,
    'Choose another provider or send a model made for this device.',
  );
};

/** What of model and provider becomes part of every record. */
export const modelInUse = ({ manifest }: ModelPackage, provider: Provider): ModelInUse => ({
  name: manifest.name,
  version: manifest.version,
  sha8: manifest.model.sha256.slice(0, 8),
  provider,
  labels: manifest.labels,
});
