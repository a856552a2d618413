import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { monoMs } from '../base/clock.ts';
import { PersonError } from '../base/errors.ts';
import { openModelPackage, type ModelPackage } from '../config/modelPackage.ts';
import { loadRecipe } from '../config/load.ts';
import type { Recipe } from '../config/recipe.ts';
import { type Provider, providers } from '../contract/frame.ts';
import { verdictKinds } from '../contract/verdict.ts';
import { openStopwatch } from '../line/figures.ts';
import { type Camera, imageSequence, imagesIn, openCamera } from '../vision/camera.ts';
import { proveProvider } from '../vision/provider.ts';
import { openProgress } from './progress.ts';
import { countsPerFrameOf, type Judge, noCounts, openJudge, type Playing } from './replayJudge.ts';
import { type LabelledFile, parseWhere, readLabels } from './selection.ts';
import { openTally, type Score } from './tally.ts';

interface Options {
  frames: string;
  model?: string;
  recipe?: string;
  labels?: string;
  where: string[];
  rate: string;
  countsPerFrame?: string;
  provider?: Provider[];
  json?: boolean;
}

/** `linegate replay`: recorded frames through the vision and decision code of the line. */
export const replayCommand = (program: Command): void => {
  program
    .command('replay')
    .description('run recorded frames through the same vision and decision code as the line')
    .requiredOption('--frames <path>', 'folder of images, or a video file')
    .option('--model <folder>', 'model package')
    .option('--recipe <file>', 'recipe: its model, region of interest and thresholds')
    .option('--labels <csv>', 'truth: a CSV with the columns file,label')
    .option(
      '--where <column=a,b>',
      'take only these rows of the CSV (may be repeated)',
      (each, all: string[]) => [...all, each],
      [],
    )
    .option('--rate <fps>', 'frames a second; 0 runs as fast as it goes', '0')
    .option('--counts-per-frame <n>', 'free-running recipes: encoder counts that the belt moves from frame to frame')
    .addOption(new Option('--provider <name...>', 'which computes, the first that can').choices(providers))
    .option('--json', 'print the result as one JSON object')
    .action(async (options: Options) => {
      const result = await replay(options);
      process.stdout.write(options.json === true ? `${JSON.stringify(result)}\n` : `${describe(result)}\n`);
    });
};

export interface ReplayResult extends Partial<Score> {
  frames: number;
  /** Where the recipe says that the camera ran freely: parts that were found in them. The verdicts are theirs then. */
  parts?: number;
  ok: number;
  nok: number;
  unsure: number;
  error: number;
  /** Frames that a camera at this rate would have lost, because the one before took too long. */
  dropped: number;
  provider: Provider;
  model: string;
  verdictMs: { p50: number; p99: number; p999: number; max: number };
}

/** What is played: a camera, how many frames it has where that is known, and the truth of each where that is known. */
interface Source {
  camera: Camera;
  total: number | null;
  truth: LabelledFile[] | null;
}

/** Frames a second of a recording that is played as fast as it goes. */
const usualFps = 30;

/** Frames a live camera's queue holds before it drops (`vision/camera.ts`). */
const queuedFrames = 4;

const openSource = (options: Options, fps: number, labels: string[]): Source => {
  if (!existsSync(options.frames)) throw new PersonError(`There is nothing at ${options.frames}.`, 'Correct --frames.');
  if (options.labels === undefined) {
    const folder = statSync(options.frames).isDirectory();
    if (!folder)
      return { camera: openCamera({ kind: 'file', path: options.frames, fps, loop: false }), total: null, truth: null };
    const files = imagesIn(options.frames).map((file) => join(options.frames, file));
    return { camera: imageSequence(files, { fps, loop: false }), total: files.length, truth: null };
  }
  const truth = readLabels(options.labels, options.where.map(parseWhere));
  const unknown = truth.find(({ label }) => !labels.includes(label));
  if (unknown !== undefined)
    throw new PersonError(
      `The model does not know the label "${unknown.label}" (of ${unknown.file}).`,
      `It knows: ${labels.join(', ')}. Correct the label file, or choose the model made for it.`,
    );
  const files = truth.map(({ file }) => join(options.frames, file));
  return { camera: imageSequence(files, { fps, loop: false }), total: files.length, truth };
};

const chooseModel = (options: Options): { model: ModelPackage; recipe: Recipe | null } => {
  const recipe = options.recipe === undefined ? null : loadRecipe(options.recipe);
  const folder = options.model ?? recipe?.model;
  if (folder === undefined) throw new PersonError('No model is named.', 'Give --model or --recipe.');
  return { model: openModelPackage(folder), recipe };
};

const replay = async (options: Options): Promise<ReplayResult> => {
  const rate = Number(options.rate);
  if (!(rate >= 0)) throw new PersonError(`"--rate ${options.rate}" is no rate.`, 'Give frames a second, or 0.');
  const fps = rate === 0 ? Number.POSITIVE_INFINITY : rate;
  const { model, recipe } = chooseModel(options);
  const isFree = recipe?.tracking.mode === 'free-running';
  const countsPerFrame = isFree ? countsPerFrameOf(options.countsPerFrame) : 0;
  if (isFree && options.labels !== undefined)
    throw new PersonError('A label tells of one part a frame, and the recipe is for several.', 'Leave --labels out.');
  const labels = model.manifest.labels;
  const source = openSource(
    options,
    fps,
    labels.map((label) => label.name),
  );
  const { session } = await proveProvider(model, options.provider ?? providers);
  const tally = openTally(labels);
  const watch = openStopwatch();
  const progress = openProgress('Replaying', source.total);
  const playing: Playing = {
    ...{ model, recipe, countsPerFrame, frameMs: 1000 / (rate === 0 ? usualFps : rate) },
    onVerdict(index, scores, verdict) {
      const truth = source.truth?.[index];
      if (truth !== undefined) tally.add(scores, verdict, truth.label);
    },
  };
  let judge: Judge | null = null;
  let frames = 0;
  let dropped = 0;
  let startMs = 0;
  for (let frame = source.camera.read(); frame !== null; frame = source.camera.read()) {
    const inMemoryAtMs = monoMs();
    if (frames === 0) startMs = inMemoryAtMs;
    const late = inMemoryAtMs - startMs - (frames * 1000) / fps > (queuedFrames * 1000) / fps;
    if (late && Number.isFinite(fps)) dropped += 1;
    else {
      judge ??= openJudge(frame, session, playing);
      await judge.judge(frame, frames);
      watch.add(monoMs() - inMemoryAtMs);
    }
    frame.release();
    frames += 1;
    progress.at(frames);
  }
  progress.done();
  judge?.end();
  source.camera.release();
  await session.release();
  const { count: _count, ...verdictMs } = watch.figures();
  const counts = judge?.counts ?? noCounts();
  const parts = verdictKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const { name, version } = model.manifest;
  return {
    frames,
    ...(source.truth === null ? {} : tally.score()),
    ...(isFree ? { parts } : {}),
    ...counts,
    dropped,
    provider: session.provider,
    model: `${name} ${version}`,
    verdictMs,
  };
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const describe = (result: ReplayResult): string =>
  [
    `${result.frames} frames through ${result.model} on ${result.provider}; ${result.dropped} dropped. The recording has ended.`,
    ...(result.parts === undefined ? [] : [`Parts seen: ${result.parts}.`]),
    verdictKinds.map((kind) => `${kind} ${result[kind]}`).join(' · '),
    ...(result.accuracy === undefined || result.balancedAccuracy === undefined
      ? []
      : [
          `accuracy ${percent(result.accuracy)}, balanced ${percent(result.balancedAccuracy)}`,
          `escapes ${result.escapes ?? 0}, false rejects ${result.falseRejects ?? 0}`,
        ]),
    `verdict after p50 ${result.verdictMs.p50.toFixed(2)} ms, p99 ${result.verdictMs.p99.toFixed(2)} ms`,
  ].join('\n');
