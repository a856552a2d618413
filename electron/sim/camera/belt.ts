import type { GatePulse } from '../../contract/wiring.ts';
import { countsPerPart } from './part.ts';

/**
 * The rule of the belt, without clock or socket. Positions are encoder counts that never wrap; only what goes to the
 * outside is a UInt32 (`encoderOf`).
 */
export interface Belt {
  /** Where the belt was at a moment, and how fast it runs since. */
  motion: { atMs: number; position: number; countsPerMs: number };
  /** The next part to come under the sensor. */
  next: number;
  /** No part comes after this one. */
  last: number;
  /** Parts between the sensor and the gate, first come first. */
  underway: readonly { part: number; leavesAt: number }[];
  pulses: readonly { openAt: number; closeAt: number }[];
  /** What the gate's valve was told and the gate has not done yet. */
  switching: readonly { atMs: number; open: boolean }[];
}

export type BeltEvent =
  | { type: 'edge'; part: number; position: number; atMs: number }
  | { type: 'left'; part: number; ejected: boolean; openedBefore: number | null };

/** What the rule must know of the world. */
export interface Layout {
  /** Where part `number` fires the sensor. */
  sensorPosition(number: number): number;
  /** From the sensor to the gate. */
  gateDistanceCounts: number;
}

/** More windows than parts fit between sensor and gate are not from a PLC that works. */
const mostPulses = 1024;
const uint32 = 2 ** 32;

/** What the encoder, a UInt32, shows at `position`. */
export const encoderOf = (position: number): number => ((Math.floor(position) % uint32) + uint32) % uint32;

/** The position nearest to `near` at which the encoder shows `encoder`. */
export const positionOf = (encoder: number, near: number): number => Math.floor(near) + ((encoder - encoderOf(near)) | 0);

/** Where the belt is at `nowMs`, encoder counts that never wrap. */
export const positionAt = ({ motion }: Belt, nowMs: number): number =>
  motion.position + Math.max(0, nowMs - motion.atMs) * motion.countsPerMs;

/** When the belt is at `position`; `Infinity` while it stands. */
export const timeAt = ({ motion }: Belt, position: number): number =>
  motion.countsPerMs === 0 ? Infinity : motion.atMs + (position - motion.position) / motion.countsPerMs;

/** A running belt that is at `position`; the first part is number 1. */
export const startBelt = (nowMs: number, partsPerSecond: number, position: number): Belt => ({
  motion: { atMs: nowMs, position, countsPerMs: speedOf(partsPerSecond) },
  next: 1,
  last: Infinity,
  underway: [],
  pulses: [],
  switching: [],
});

const speedOf = (partsPerSecond: number): number => (partsPerSecond * countsPerPart) / 1000;

/** From now on `partsPerSecond`, 0 to stand still, without a jump. */
export const changeRate = (belt: Belt, nowMs: number, partsPerSecond: number): Belt => ({
  ...belt,
  motion: { atMs: nowMs, position: positionAt(belt, nowMs), countsPerMs: speedOf(partsPerSecond) },
});

/** The belt as if the last `heldMs` had not been: the program was held up, and no part shall pass unseen in that time. */
export const holdBack = (belt: Belt, heldMs: number): Belt => ({
  ...belt,
  motion: { ...belt.motion, atMs: belt.motion.atMs + heldMs },
  switching: belt.switching.map(({ atMs, open }) => ({ atMs: atMs + heldMs, open })),
});

/** When the next part fires the sensor; `Infinity` when none comes. */
export const nextEdgeMs = (belt: Belt, layout: Layout): number =>
  belt.next > belt.last ? Infinity : timeAt(belt, layout.sensorPosition(belt.next));

/** Everything that happened up to `nowMs`: parts that fired the sensor, then parts that passed the gate. */
export const advance = (belt: Belt, nowMs: number, layout: Layout): { belt: Belt; events: BeltEvent[] } => {
  const position = positionAt(belt, nowMs);
  const events: BeltEvent[] = [];
  const underway = [...belt.underway];
  const { pulses, switching } = moveGate(belt, nowMs);
  let next = belt.next;
  for (; next <= belt.last && layout.sensorPosition(next) <= position; next++) {
    const at = layout.sensorPosition(next);
    events.push({ type: 'edge', part: next, position: at, atMs: timeAt(belt, at) });
    underway.push({ part: next, leavesAt: at + layout.gateDistanceCounts });
  }
  while (underway[0] !== undefined && underway[0].leavesAt <= position) {
    const { part, leavesAt } = underway[0];
    const pulse = pulses.find(({ openAt, closeAt }) => openAt <= leavesAt && leavesAt < closeAt);
    const openedBefore = pulse === undefined ? null : leavesAt - pulse.openAt;
    events.push({ type: 'left', part, ejected: pulse !== undefined, openedBefore });
    underway.shift();
  }
  return { belt: { ...belt, next, underway, switching, pulses: pulses.filter(({ closeAt }) => closeAt > position) }, events };
};

/** The gate does what is due of its switching up to `nowMs`: an opening begins a window, a closing ends it. */
const moveGate = (belt: Belt, nowMs: number): Pick<Belt, 'pulses' | 'switching'> => {
  let pulses = belt.pulses;
  for (const { atMs, open } of belt.switching) {
    if (atMs > nowMs) break;
    const place = positionAt(belt, atMs);
    if (!open) pulses = pulses.map((pulse) => (pulse.closeAt === Infinity ? { ...pulse, closeAt: place } : pulse));
    else if (pulses.every(({ closeAt }) => closeAt < Infinity)) pulses = [...pulses, { openAt: place, closeAt: Infinity }];
  }
  return { pulses, switching: belt.switching.filter(({ atMs }) => atMs > nowMs) };
};

/** From `atMs` on the gate is open or closed. Call it with a belt that was advanced to now. */
export const switchGate = (belt: Belt, atMs: number, open: boolean): Belt =>
  belt.switching.length >= mostPulses ? belt : { ...belt, switching: [...belt.switching, { atMs, open }] };

/**
 * Adds a window of the gate. Call it with a belt that was advanced to `nowMs`: what has passed the gate has passed it.
 * A window that is empty, or over already, changes nothing.
 */
export const openGate = (belt: Belt, nowMs: number, pulse: Pick<GatePulse, 'openAt' | 'closeAt'>): Belt => {
  const position = positionAt(belt, nowMs);
  const [openAt, closeAt] = [positionOf(pulse.openAt, position), positionOf(pulse.closeAt, position)];
  if (closeAt <= openAt || closeAt <= position || belt.pulses.length >= mostPulses) return belt;
  return { ...belt, pulses: [...belt.pulses, { openAt, closeAt }] };
};
