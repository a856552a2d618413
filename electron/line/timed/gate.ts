import type { Recipe } from '../../config/recipe.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { GateCommand, GateOutcome, Trigger } from '../../contract/gate.ts';
import type { InterlockCause } from '../interlock.ts';
import { type HeardBelt, unheardBelt } from '../reading.ts';
import { doubt, emptyPlan, type GateRule, onTime, type PlannedPart, planPart, reachOf } from './plan.ts';
import { openSensor, type Seen } from './sensor.ts';
import { openUnknown } from './unknown.ts';

/** What the timed gate acts on. */
export interface TimedGateOutlets {
  /** Switches the output; whether the PLC has taken it. */
  output(open: boolean): Promise<boolean>;
  /** The link stands and is fresh. */
  isConnected(): boolean;
  trip(cause: InterlockCause): void;
  event(kind: 'belt-unknown', what: string): void;
  monoMs(): number;
}

/** How the gate is reached, and whether this process follows one that ended while it may have had parts on the belt. */
export interface TimedGateStart extends Pick<PlcConfig, 'outputLagMs'> {
  isRestart: boolean;
}

/**
 * The gate where the PLC is a remote output: plans the decided parts and switches the output when `plan.ts` says so. `recipe`
 * is the one in use, `outputLagMs` the link's part of the gate's lag.
 */
export const openTimedGate = (outlets: TimedGateOutlets, recipe: () => Recipe, { outputLagMs, isRestart }: TimedGateStart) => {
  const gate = () => recipe().gate;
  const plan = emptyPlan();
  const unknown = openUnknown(plan, gate, () => tellStart(outlets, gate(), isRestart));
  const waiting = new Map<number, (outcome: GateOutcome) => void>();
  let belt = unheardBelt();
  let told: boolean | null = null;
  /** The reach at the first word that the output is not known to have taken. */
  let unsureFrom: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const ruleNow = (canTell: boolean): GateRule => {
    const { pulseCounts, leastGapCounts, actuatorMs } = gate();
    return { pulseCounts, leastGapCounts, lagMs: actuatorMs + outputLagMs, canTell };
  };

  const act = (): void => {
    const canTell = outlets.isConnected();
    const { open, passed, inMs } = onTime(plan, belt, outlets.monoMs(), ruleNow(canTell));
    if (!canTell) told = null;
    else if (told !== open) void tell(open);
    stayUnsure();
    for (const part of passed) sensor.pass(part);
    sensor.onTime();
    clearTimeout(timer);
    // The caller's own tick is the next chance where this one is too far.
    if (inMs < 1000) timer = setTimeout(act, inMs);
  };

  const tell = async (open: boolean): Promise<void> => {
    told = open;
    const from = unsureFrom ?? reachOf(belt, outlets.monoMs(), gate().actuatorMs + outputLagMs);
    const isTaken = await outlets.output(open);
    if (!isTaken) told = null;
    unsureFrom = isTaken ? null : from;
    // By now the output has moved, whenever within the answer's way that was.
    const to = reachOf(belt, outlets.monoMs(), gate().actuatorMs);
    if (from !== null && to !== null) doubt(plan, { from, to });
  };

  /** Told and not taken: whatever passes meanwhile finds a gate of which nobody knows. */
  const stayUnsure = (): void => {
    const to = unsureFrom === null ? null : reachOf(belt, outlets.monoMs(), gate().actuatorMs + outputLagMs);
    if (unsureFrom !== null && to !== null) doubt(plan, { from: unsureFrom, to });
  };

  const end = (part: PlannedPart, seen: Seen): void => {
    const outcome = outcomeOf(part, seen);
    const isMissed = part.reject && (['late', 'unseen'].includes(outcome) || (part.fate === 'untold' && outlets.isConnected()));
    if (isMissed) {
      const does = gate().failSafe === 'pass-and-mark' ? 'alarm' : 'stop';
      outlets.trip({
        kind: 'gate-missed',
        partId: part.partId,
        does,
        what:
          outcome === 'unseen'
            ? `The reject-confirm sensor has not seen part ${part.partId}, which was to go out.`
            : `The gate was not told in time for part ${part.partId}, which was to go out.`,
      });
    }
    waiting.get(part.partId)?.(outcome);
    waiting.delete(part.partId);
  };

  const sensor = openSensor(outlets.monoMs, end);

  return {
    /** Plans a part; resolves when it is past the gate. Never rejects. */
    send: ({ partId, gateEncoder, reject }: GateCommand): Promise<GateOutcome> =>
      new Promise((done) => {
        waiting.set(partId, done);
        planPart(plan, { partId, place: gateEncoder, reject });
        act();
      }),
    onBelt(now: HeardBelt): void {
      belt = now;
      unknown.onBelt(belt);
      act();
    },
    onTrigger: (trigger: Trigger): void => unknown.onTrigger(trigger),
    /** Triggers were never heard. */
    onMissed(): void {
      if (recipe().tracking.mode !== 'triggered') return;
      unknown.onMissed();
      if (gate().failSafe === 'stop')
        outlets.trip({
          kind: 'fail-safe-stop',
          reason: 'missed-trigger',
          does: 'stop',
          what: 'Parts came of which nothing was heard.',
        });
    },
    onConfirmed(partId: number): void {
      // The PLC's ids are those of its sensor; free-running parts have ours.
      if (recipe().tracking.mode === 'triggered') sensor.name(partId, waiting.has(partId));
    },
    /** To be called every few milliseconds. */
    onTime: act,
    /** Parts between verdict and gate. */
    waiting: (): number => waiting.size - sensor.waiting(),
    /** Ends; what is still on the belt is left to the PLC's own watch. */
    close(): void {
      clearTimeout(timer);
      for (const done of waiting.values()) done('not-connected');
      waiting.clear();
    },
  };
};

/** Whatever lies between camera and gate at the start goes by the fail-safe, and never without a word. */
const tellStart = (outlets: Pick<TimedGateOutlets, 'trip' | 'event'>, gate: Recipe['gate'], isRestart: boolean): void => {
  const { failSafe, distanceCounts } = gate;
  const goes = failSafe === 'pass-and-mark' ? 'passes unsorted' : 'goes out';
  const what = `What lies on the ${distanceCounts} counts before the gate is not known at the start: all of it ${goes}.`;
  if (!isRestart) return outlets.event('belt-unknown', what);
  outlets.trip({
    ...{ kind: 'gate-restarted', failSafe, does: failSafe === 'stop' ? 'stop' : 'alarm' },
    what: `The process that times the gate was started again. ${what}`,
  });
};

export type TimedGate = ReturnType<typeof openTimedGate>;

const outcomeOf = ({ reject, fate }: PlannedPart, seen: Seen): GateOutcome => {
  // What the sensor saw wins over what we told.
  if (seen === 'seen') return reject ? 'executed' : 'overruled';
  if (fate === 'untold') return 'not-connected';
  if (!reject && (seen === 'unseen' || fate === 'closed')) return 'commanded';
  if (fate === 'late' || fate === 'closed') return 'late';
  if (!reject) return 'overruled';
  return seen === 'unseen' ? 'unseen' : 'commanded';
};
