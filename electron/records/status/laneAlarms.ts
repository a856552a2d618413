import type { AlarmSays } from '../../contract/alarms.ts';
import type { Interlock, LaneStatus } from '../../contract/facts.ts';
import type { Condition } from './alarms.ts';
import { raise, type Raised } from './raise.ts';
import { cameraAlarms } from './cameraAlarms.ts';

/** `line` tells its state five times a second; after so long without a word it is taken for hung. */
const silentMs = 2000;

/** What is wrong with the inspection itself and with the lanes. */
export const laneAlarms = ({ line, isListening, processes }: Pick<Condition, 'line' | 'isListening' | 'processes'>): Raised[] => {
  const safe = processes.find(({ name, state }) => name === 'line' && state === 'safe');
  // The one alarm that a person at the screen can end by starting it now. // faults #69
  if (safe !== undefined)
    return [{ ...raise('urgent', { code: 'line-safe', facts: { crashes: safe.crashes } }), startsAgain: true }];
  // Before the records are open nobody can know here whether the inspection runs.
  if (line === null) return isListening ? [raise('urgent', { code: 'line-away', facts: {} })] : [];
  if (line.ageMs > silentMs) return [raise('urgent', { code: 'line-silent', facts: {} })];
  return line.lanes.flatMap((lane) => [...interlockAlarms(lane), ...cameraAlarms(lane), ...plcAlarms(lane)]);
};

/** Latched in `line`: they stay until a person has reset them. */
const interlockAlarms = ({ lane, interlocks }: LaneStatus): Raised[] =>
  interlocks.map((interlock) => ({
    ...raise(interlock.does === 'stop' ? 'urgent' : 'high', interlockSays(lane, interlock)),
    resets: lane,
  }));

const interlockSays = (lane: string, interlock: Interlock): AlarmSays => {
  const { does } = interlock;
  switch (interlock.kind) {
    case 'consecutive-rejects':
      return { code: interlock.kind, facts: { lane, does, rejects: interlock.rejects } };
    case 'reject-rate':
      return { code: interlock.kind, facts: { lane, does, rejects: interlock.rejects, parts: interlock.parts } };
    case 'model-fault':
      return { code: interlock.kind, facts: { lane, does } };
    case 'fail-safe-stop':
      return { code: interlock.kind, facts: { lane, does, reason: interlock.reason } };
    case 'gate-missed':
    case 'challenge-failed':
      return { code: interlock.kind, facts: { lane, does, partId: interlock.partId } };
    case 'gate-restarted':
      return { code: interlock.kind, facts: { lane, does, failSafe: interlock.failSafe } };
  }
};

const plcAlarms = ({ lane, plc }: LaneStatus): Raised[] => {
  const facts = { lane, endpoint: plc.endpoint };
  switch (plc.state) {
    case 'connecting':
      return [raise('urgent', { code: 'plc-away', facts }, plc.message)];
    case 'stale':
      return [raise('urgent', { code: 'plc-stale', facts }, plc.message)];
    case 'refused':
      return [raise('urgent', { code: 'plc-refused', facts }, plc.message)];
    case 'connected':
      return [...machineAlarms(lane, plc), ...beltAlarms(lane, plc)];
  }
};

const beltAlarms = (lane: string, plc: LaneStatus['plc']): Raised[] => {
  if (plc.failSafe) return [raise('high', { code: 'fail-safe', facts: { lane } })];
  return plc.lineRunning ? [] : [raise('low', { code: 'line-stopped', facts: { lane } })];
};

/** What the PLC says of the machine: a gate that cannot or may not reject is never quiet about it. // reject-gate §4, §5 */
const machineAlarms = (lane: string, { mode, binFull, airOk }: LaneStatus['plc']): Raised[] => [
  ...(mode === 'bypass' || mode === 'simulation' ? [raise('urgent', { code: 'bypass', facts: { lane, mode } })] : []),
  ...(binFull ? [raise('high', { code: 'bin-full', facts: { lane } })] : []),
  ...(airOk ? [] : [raise('urgent', { code: 'no-air', facts: { lane } })]),
];
