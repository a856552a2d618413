import type { FromConveyor, GateOutput, GatePulse } from '../../contract/wiring.ts';
import {
  advance,
  type Belt,
  changeRate,
  encoderOf,
  holdBack,
  type Layout,
  nextEdgeMs,
  openGate,
  positionAt,
  startBelt,
  switchGate,
} from './belt.ts';
import type { Camera } from './camera.ts';
import type { Film } from './film.ts';
import type { Knobs } from './knobs.ts';
import { countsPerPart } from './part.ts';
import { freeShutter, triggeredShutter } from './shutter.ts';

export interface ConveyorOptions {
  /** Encoder counts from the sensor to the gate. */
  gateDistance: number;
  /** What the encoder shows at the start. */
  encoderStart: number;
  /** Frames a second of a camera that fires itself; `null`: the sensor fires it. */
  freeRunning: number | null;
}

/** What the conveyor works with. */
export interface Machine {
  film: Film;
  camera: Camera;
  knobs: Knobs;
  /** The wires to the PLC. */
  send: (message: FromConveyor) => void;
  /** As many parts as the knob `count` said have come, the last one has left, and the belt stands. */
  onCounted: () => void;
}

/**
 * Belt, sensor and gate, driven by calls of `step`; nothing here waits or reads a clock.
 * What must hold: the edge of a part goes out before its frame does, where the sensor fires the camera.
 */
export interface Conveyor {
  /** Does what is due at `nowMs`; returns when it wants to be called next. */
  step(nowMs: number): number;
  openGate(nowMs: number, pulse: GatePulse): void;
  switchGate(nowMs: number, output: GateOutput): void;
  /** Call after a knob was turned. */
  turned(nowMs: number, knob: keyof Knobs): void;
  /** Parts that have come under the sensor, and how many of them are bad. */
  figures: { parts: number; bad: number };
}

const tickEveryMs = 5;
/**
 * Longer than this between two steps: the program was held up, and the world with it. Shorter than the gate needs to move
 * (30 ms), with time left for the PLC: else a part would be past a gate that nobody had told, which no real belt does.
 */
const mostGapMs = 20;

/** A conveyor that starts at `startMs` (monotonic), running if the knob `running` says so. */
export const createConveyor = (options: ConveyorOptions, machine: Machine, startMs: number): Conveyor => {
  const { film, camera, knobs, send } = machine;
  const layout = layoutOf(options, film);
  const rate = (): number => (knobs.running ? knobs.rate : 0);
  let belt: Belt = { ...startBelt(startMs, rate(), options.encoderStart), last: knobs.count ?? Infinity };
  let lastStepMs = startMs;
  let nextTickMs = startMs;
  let firstPart = 1;
  const { encoderStart, freeRunning: framesPerSecond } = options;
  const shutter =
    framesPerSecond === null
      ? triggeredShutter(film, camera)
      : freeShutter(film, camera, { framesPerSecond, encoderStart, startMs, firstPart: () => firstPart });

  const onEdge = (part: number, position: number, atMs: number): void => {
    const { label, bad } = film.part(part);
    const encoder = encoderOf(position);
    send({ type: 'edge', part, encoder, truth: { label, bad } });
    for (let edge = 1; edge <= knobs.bounce; edge++)
      send({ type: 'edge', part, encoder: encoderOf(position + edge), truth: { label, bad } });
    shutter.onEdge(part, encoder, atMs);
    conveyor.figures.parts += 1;
    if (bad) conveyor.figures.bad += 1;
  };
  const move = (nowMs: number): void => {
    if (nowMs - lastStepMs > mostGapMs) {
      belt = holdBack(belt, nowMs - lastStepMs);
      shutter.hold(nowMs - lastStepMs);
    }
    lastStepMs = nowMs;
    const moved = advance(belt, nowMs, layout);
    belt = moved.belt;
    for (const event of moved.events)
      if (event.type === 'edge') onEdge(event.part, event.position, event.atMs);
      else send(event);
    shutter.step(belt, nowMs);
  };
  /** The places that went by after the last part were empty. */
  const firstAhead = (nowMs: number): number => {
    let part = belt.next;
    while (layout.sensorPosition(part) <= positionAt(belt, nowMs)) part += 1;
    return part;
  };
  const endCount = (nowMs: number): void => {
    if (belt.next <= belt.last || belt.underway.length > 0) return;
    knobs.running = false;
    knobs.count = null;
    belt = { ...changeRate(belt, nowMs, 0), last: Infinity, next: firstAhead(nowMs) };
    firstPart = belt.next;
    machine.onCounted();
  };
  const tick = (nowMs: number): void => {
    if (nowMs < nextTickMs) return;
    nextTickMs += tickEveryMs * (1 + Math.floor((nowMs - nextTickMs) / tickEveryMs));
    const countsPerSecond = rate() * countsPerPart;
    send({ type: 'tick', encoder: encoderOf(positionAt(belt, nowMs)), countsPerSecond, running: knobs.running });
  };
  const conveyor: Conveyor = {
    figures: { parts: 0, bad: 0 },
    step(nowMs) {
      move(nowMs);
      endCount(nowMs);
      tick(nowMs);
      camera.step(nowMs);
      shutter.drawAhead(belt, nowMs);
      return Math.min(nextTickMs, camera.nextMs(), shutter.nextMs(), nextEdgeMs(belt, layout));
    },
    openGate(nowMs, pulse) {
      // First: it came while this program was held up, and a real gate would have heard it then.
      belt = openGate(belt, lastStepMs, pulse);
      move(nowMs);
    },
    switchGate(nowMs, { open, lagMs }) {
      move(nowMs);
      belt = switchGate(belt, nowMs + lagMs, open);
    },
    turned(nowMs, knob) {
      move(nowMs);
      if (knob === 'rate' || knob === 'running') belt = changeRate(belt, nowMs, rate());
      if (knob === 'count') belt = { ...belt, last: knobs.count === null ? Infinity : belt.next - 1 + knobs.count };
    },
  };
  return conveyor;
};

const layoutOf = ({ gateDistance, encoderStart }: ConveyorOptions, film: Film): Layout => ({
  gateDistanceCounts: gateDistance,
  sensorPosition: (number) => {
    const { spacingCounts, sensorCounts } = film.part(number);
    return encoderStart + number * countsPerPart + spacingCounts + sensorCounts;
  },
});
