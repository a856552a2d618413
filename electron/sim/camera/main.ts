import { SingleBar } from 'cli-progress';
import { monoMs } from '../../base/clock.ts';
import { forPerson, PersonError } from '../../base/errors.ts';
import { priorities, takePriority } from '../../base/priority.ts';
import { obey } from '../control.ts';
import { createCamera, noCameraFigures } from './camera.ts';
import { type Conveyor, createConveyor } from './conveyor.ts';
import { type Film, liveFilm, type Look, prerenderedFilm } from './film.ts';
import { createGallery } from './gallery.ts';
import { knobHelp, type Knobs, readTurn } from './knobs.ts';
import { lightMap } from './light.ts';
import { type CameraOptions, readOptions } from './options.ts';
import { countsPerPart } from './part.ts';
import { openStream } from './stream.ts';
import { openWiring } from './wiring.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** How the camera sees at this moment; the map of light is made anew when dirt comes or goes. */
const lookOf = (knobs: Knobs, seed: number): (() => Look) => {
  let made = { dirt: knobs.dirt, light: lightMap(knobs.dirt, seed) };
  return () => {
    if (made.dirt !== knobs.dirt) made = { dirt: knobs.dirt, light: lightMap(knobs.dirt, seed) };
    return { light: made.light, gain: knobs.black ? 0 : knobs.lighting, noise: knobs.noise, blurPx: knobs.focus };
  };
};

const filmOf = ({ seed, prerendered, spread, knobs }: CameraOptions): Film => {
  const gallery = createGallery(seed, () => knobs.defects, spread);
  const look = lookOf(knobs, seed);
  if (prerendered === null) return liveFilm(gallery, look);
  const bar = new SingleBar({ format: 'Drawing frames {bar} {value}/{total}', stream: process.stderr });
  bar.start(prerendered, 0);
  const film = prerenderedFilm(gallery, prerendered, look(), (done) => bar.update(done));
  bar.stop();
  return film;
};

/** Calls `step` whenever it is due; `hurry` when something has changed what is due. */
const keepRunning = (conveyor: Conveyor): { hurry(): void } => {
  let timer: NodeJS.Timeout | undefined;
  let due: NodeJS.Immediate | undefined;
  const step = (): void => {
    const nextMs = conveyor.step(monoMs());
    // The wires are heard before the belt moves on: what the PLC told while this program was held up came in time.
    timer = setTimeout(() => (due = setImmediate(step)), Math.max(0, nextMs - monoMs()));
  };
  step();
  return {
    hurry() {
      clearTimeout(timer);
      clearImmediate(due);
      step();
    },
  };
};

/** Knobs that change what is drawn: without effect on frames that are drawn already. */
const drawnKnobs: readonly (keyof Knobs)[] = ['defects', 'lighting', 'focus', 'dirt', 'noise', 'black'];

const start = async (options: CameraOptions): Promise<void> => {
  const { knobs } = options;
  const film = filmOf(options);
  const stream = await openStream(options.port);
  const camera = createCamera(film, stream, knobs, options);
  const wiring = await openWiring(options.wiring, (message) => {
    if (message.type === 'gate') conveyor.openGate(monoMs(), message);
    else if (message.type === 'output') conveyor.switchGate(monoMs(), message);
    else turn('running', message.run ? 'on' : 'off');
  });
  const onCounted = (): void => {
    say(`The belt stands: ${conveyor.figures.parts} parts have come.`);
    process.send?.({ type: 'counted', parts: conveyor.figures.parts });
  };
  // A camera is never held up. One that draws is not in real time all the same: the gates of two lanes would wait for it.
  takePriority(options.prerendered === null ? priorities.loading : priorities.gate);
  const conveyor = createConveyor(options, { film, camera, knobs, send: wiring.send, onCounted }, monoMs());
  const loop = keepRunning(conveyor);
  const turn = (name: string, value: string): void => {
    const turned = readTurn(name, value, countsPerPart);
    if (options.prerendered !== null && drawnKnobs.includes(turned.name))
      throw new PersonError(`The frames are drawn already, "${name}" changes nothing.`, 'Start without --prerendered.');
    Object.assign(knobs, { [turned.name]: turned.value });
    if (turned.name === 'unplug') stream.plug(knobs.unplug);
    if (drawnKnobs.includes(turned.name)) camera.forgetAhead();
    conveyor.turned(monoMs(), turned.name);
    loop.hurry();
  };
  if (process.send === undefined)
    say(`Conveyor and camera: ${knobs.rate} parts/s, frames on 127.0.0.1:${options.port}. Type "help" for the knobs.`);
  obey({
    knobs: Object.fromEntries(
      Object.entries(knobHelp).map(([name, help]) => [name, { help, turn: (value) => turn(name, value) }]),
    ),
    figures: () => ({ ...camera.figures, ...conveyor.figures, running: knobs.running }),
    reset() {
      camera.figures = noCameraFigures();
      conveyor.figures = { parts: 0, bad: 0 };
    },
    async stop() {
      wiring.close();
    },
  });
};

start(readOptions(process.argv.slice(2))).catch((thrown: unknown) => {
  say(forPerson(thrown));
  process.exit(1);
});
