import { type Belt, encoderAt, encoderDistance } from '../schedule.ts';

/**
 * When a gate that is a bare output must open and close. Pure: parts, the belt and the time in, the level of the output out;
 * asked again with every word of the PLC, so a prediction lives only until the next one.
 *
 * The output works `lagMs` after it is told. So it is told by the *reach*: the count that the belt will be at by then. A
 * reject part's stretch is `pulseCounts` about its place at the gate, and the output is on while the reach is in a stretch.
 *
 * What must hold: a reject part is covered or said to be missed; nothing is opened for a part that the reach has passed;
 * on a belt that stands nothing moves.
 */
export interface Plan {
  /** Parts on their way to the gate, and those just past it. */
  parts: PlannedPart[];
  /** Stretches of belt of which nobody knows what lies on them. */
  unknown: Stretch[];
  /** The output's level. */
  open: boolean;
  /** From the belt to its reach when it last ran, counts. */
  lead: number;
  /** When the belt came to a stand, monotonic; `null` while it runs. */
  standsSinceMs: number | null;
}

/** UInt32 encoder counts at the gate: from `from` until before `to`. */
export interface Stretch {
  from: number;
  to: number;
}

export interface PlannedPart {
  partId: number;
  /** Encoder count at which it is in front of the gate. */
  place: number;
  reject: boolean;
  /** How the output was when the reach passed its place; `untold`: nobody could tell it; `late`: it may have come too late; `null` before that. */
  fate: 'open' | 'closed' | 'untold' | 'late' | null;
}

/** What the gate is like. */
export interface GateRule {
  pulseCounts: number;
  /** The gate cannot close for less than this. */
  leastGapCounts: number;
  /** From our word to the moved gate. */
  lagMs: number;
  /** The output can be told; else the PLC's own watch holds it. */
  canTell: boolean;
}

/** What is to be done now. */
export interface Now {
  open: boolean;
  /** Parts that are past the gate and are not planned for any more, in order. */
  passed: PlannedPart[];
  /** When to ask again if nothing is heard; `Infinity` while the belt stands. */
  inMs: number;
}

const uint32 = 2 ** 32;
/** A belt that came to a stand is read once more; only then is it known what lies within its reach. */
const settleMs = 150;

/** An empty belt, the gate closed. */
export const emptyPlan = (): Plan => ({ parts: [], unknown: [], open: false, lead: 0, standsSinceMs: null });

/** `count` moved by `by`, UInt32. */
export const moved = (count: number, by: number): number => (((count + by) % uint32) + uint32) % uint32;

/** A part has its verdict. */
export const planPart = (plan: Plan, part: Omit<PlannedPart, 'fate'>): void => void plan.parts.push({ ...part, fate: null });

/**
 * Looks at the plan at `nowMs`, monotonic, and brings it up to date. A belt that was never heard of changes nothing.
 */
export const onTime = (plan: Plan, belt: Belt, nowMs: number, rule: GateRule): Now => {
  const at = encoderAt(belt, nowMs);
  if (at === null) return { open: plan.open, passed: [], inMs: Infinity };
  const speed = belt.running ? Math.max(0, belt.countsPerSecond) : 0;
  const lead = (speed * rule.lagMs) / 1000;
  const reach = moved(at, lead);
  meetFates(plan, reach, rule);
  if (speed > 0) {
    // A halt shorter than the gate's own way: what it was told at the halt may come after the parts it was told for.
    if (plan.standsSinceMs !== null && nowMs - plan.standsSinceMs < rule.lagMs) doubt(plan, { from: at, to: reach });
    Object.assign(plan, { lead, standsSinceMs: null });
    plan.open = isDue(plan, reach, rule);
  } else {
    plan.standsSinceMs ??= nowMs;
    if (nowMs - plan.standsSinceMs <= settleMs) plan.open = hasReject(plan, at, rule);
  }
  if (!rule.canTell) plan.open = false;
  const passed = takePassed(plan, at, rule);
  return { open: plan.open, passed, inMs: speed > 0 ? (toNext(plan, reach, rule) / speed) * 1000 : Infinity };
};

/** What the reach passes is settled by the level that it finds; a belt that slows down draws it back and unsettles it. */
const meetFates = (plan: Plan, reach: number, { canTell }: GateRule): void => {
  for (const part of plan.parts)
    if (encoderDistance(reach, part.place) > 0) part.fate = null;
    else part.fate ??= !canTell ? 'untold' : plan.open ? 'open' : 'closed';
};

/**
 * The output was told something else when its reach was at `from`, and is known to have taken it only when it was at `to`: how
 * the parts between found the gate is not known.
 */
export const doubt = ({ parts }: Plan, { from, to }: Stretch): void => {
  for (const part of parts)
    if (encoderDistance(from, part.place) > 0 && encoderDistance(part.place, to) >= 0 && part.fate !== 'untold')
      part.fate = 'late';
};

/** Where a gate that moves `lagMs` after its output meets the belt at `nowMs`; `null` before the belt was heard of. */
export const reachOf = (belt: Belt, nowMs: number, lagMs: number): number | null => {
  const at = encoderAt(belt, nowMs);
  const speed = belt.running ? Math.max(0, belt.countsPerSecond) : 0;
  return at === null ? null : moved(at, (speed * lagMs) / 1000);
};

const stretchesOf = ({ parts, unknown }: Plan, { pulseCounts }: GateRule): Stretch[] => [
  ...unknown,
  // A missed part is never fired for: that would hit the next.
  ...parts
    .filter(({ reject, fate }) => reject && (fate === null || fate === 'open' || fate === 'late'))
    .map(({ place }) => ({ from: moved(place, -pulseCounts / 2), to: moved(place, pulseCounts / 2) })),
];

const isDue = (plan: Plan, reach: number, rule: GateRule): boolean => {
  // Open, it stays so when it could not close for long enough.
  const ahead = plan.open ? rule.leastGapCounts : 0;
  return stretchesOf(plan, rule).some(({ from, to }) => encoderDistance(reach, from) <= ahead && encoderDistance(reach, to) > 0);
};

/**
 * Whether something that must go out lies between the belt that stands and its reach. At the restart the gate cannot tell
 * these parts apart any more, so all of them share the level: the fail-safe of a halt.
 */
const hasReject = ({ parts, unknown, lead }: Plan, at: number, rule: GateRule): boolean => {
  const isWithin = (count: number): boolean => encoderDistance(at, count) >= 0 && encoderDistance(at, count) <= lead;
  return (
    parts.some(({ reject, place }) => reject && isWithin(place)) ||
    unknown.some(({ from, to }) => encoderDistance(at, from) <= lead && encoderDistance(at, to) > -rule.pulseCounts / 2)
  );
};

const takePassed = (plan: Plan, at: number, { pulseCounts }: GateRule): PlannedPart[] => {
  plan.unknown = plan.unknown.filter(({ to }) => encoderDistance(at, to) > 0);
  const first = plan.parts.findIndex(({ place, fate }) => fate === null || encoderDistance(place, at) < 2 * pulseCounts);
  return plan.parts.splice(0, first < 0 ? plan.parts.length : first);
};

/** Counts until the reach comes to the next begin or end of a stretch. */
const toNext = (plan: Plan, reach: number, rule: GateRule): number =>
  stretchesOf(plan, rule)
    .flatMap(({ from, to }) => [from, to])
    .map((count) => encoderDistance(reach, count))
    .filter((distance) => distance > 0)
    .reduce((least, distance) => Math.min(least, distance), Infinity);
