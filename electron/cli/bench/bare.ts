import { openStopwatch } from '../../line/figures.ts';
import { monoMs } from '../../base/clock.ts';
import { openModelPackage } from '../../config/modelPackage.ts';
import type { Histogram } from '../../contract/histogram.ts';
import type { Provider } from '../../contract/frame.ts';
import { proveProvider } from '../../vision/provider.ts';

const warmUps = 50;
const runs = 600;

/** The model's session alone, on this machine, with nothing around it: what every other figure is compared with. */
export const bareInference = async (modelFolder: string, preference: readonly Provider[]): Promise<Histogram> => {
  const model = openModelPackage(modelFolder);
  const { session } = await proveProvider(model, preference);
  const { width, height } = model.manifest.input;
  // Any picture takes the same time; a pattern keeps the caches honest.
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 31) % 256);
  const watch = openStopwatch();
  for (let run = 0; run < warmUps + runs; run++) {
    const startMs = monoMs();
    await session.score(pixels);
    if (run >= warmUps) watch.add(monoMs() - startMs);
  }
  await session.release();
  return watch.figures();
};
