import type { LaneStatus } from '../../contract/facts.ts';
import type { Condition, Raised } from './alarms.ts';
import { cameraAlarms } from './cameraAlarms.ts';

/** `line` tells its state five times a second; after so long without a word it is taken for hung. */
const silentMs = 2000;

const lineAway: Raised = {
  id: 'line-away',
  priority: 'urgent',
  what: 'The inspection is not running.',
  meanwhile: 'The PLC applies the fail-safe to every part by itself. Nothing is inspected.',
  toDo: 'It is started again by itself within seconds. If this stays, call maintenance: "linegate doctor" names the cause.',
};

/** The one alarm that a person at the screen can end. // faults #69 */
const lineSafe = (crashes: number): Raised => ({
  id: 'line-safe',
  priority: 'urgent',
  what: `The inspection crashed ${crashes} times within minutes and is in safe mode.`,
  meanwhile: 'The PLC applies the fail-safe to every part. Nothing is inspected; it is tried again every half minute.',
  toDo: 'Call maintenance: the log and "linegate doctor" name the cause. When it is gone, start it here.',
  startsAgain: true,
});

/** What is wrong with the inspection itself and with the lanes. */
export const laneAlarms = ({ line, isListening, processes }: Pick<Condition, 'line' | 'isListening' | 'processes'>): Raised[] => {
  const safe = processes.find(({ name, state }) => name === 'line' && state === 'safe');
  if (safe !== undefined) return [lineSafe(safe.crashes)];
  // Before the records are open nobody can know here whether the inspection runs.
  if (line === null) return isListening ? [lineAway] : [];
  if (line.ageMs > silentMs) return [{ ...lineAway, id: 'line-silent', what: 'The inspection does not answer.' }];
  return line.lanes.flatMap((lane) => [...interlockAlarms(lane), ...cameraAlarms(lane), ...plcAlarms(lane)]);
};

const told = (message: string): string => (message === '' ? '' : ` ${message}`);

/** Latched in `line`: they stay until a person has reset them. */
const interlockAlarms = ({ lane, interlocks }: LaneStatus): Raised[] =>
  interlocks.map(({ kind, does, what }) => ({
    id: `${kind}:${lane}`,
    priority: does === 'stop' ? 'urgent' : 'high',
    what: `Lane ${lane}: ${what}`,
    meanwhile:
      does === 'stop'
        ? 'The PLC is asked to stop the belt. What still comes is inspected.'
        : 'The line runs on and every part is inspected.',
    toDo: interlockToDo[kind],
    resets: lane,
  }));

const reset = 'Then reset the interlock, here or at the PLC.';
const interlockToDo = {
  'consecutive-rejects': `Look at the last rejects: is it the parts, the light or the camera? ${reset}`,
  'reject-rate': `Look at the rejects of the last minutes: is it the parts, the light or the camera? ${reset}`,
  'model-fault': `Call maintenance: "linegate model check" tests the model. ${reset}`,
  'fail-safe-stop': `Take out the part that was not inspected, and see to the cause. ${reset}`,
} as const satisfies Record<LaneStatus['interlocks'][number]['kind'], string>;

const plcAlarms = ({ lane, plc }: LaneStatus): Raised[] => {
  const noGate = 'No verdict reaches the gate: the PLC applies the fail-safe by itself. Parts are inspected and recorded.';
  switch (plc.state) {
    case 'connecting':
      return [
        {
          id: `plc-away:${lane}`,
          priority: 'urgent',
          what: `Lane ${lane}: the PLC at ${plc.endpoint} is not connected.${told(plc.message)}`,
          meanwhile: noGate,
          toDo: 'Check that the PLC runs and its network cable. The connection is tried again all the time.',
        },
      ];
    case 'stale':
      return [
        {
          id: `plc-stale:${lane}`,
          priority: 'urgent',
          what: `Lane ${lane}: the PLC at ${plc.endpoint} is connected but gives no sign of life.${told(plc.message)}`,
          meanwhile: noGate,
          toDo: 'Check that the program of the PLC runs (mode RUN) and that its network is not overloaded.',
        },
      ];
    case 'refused':
      return [
        {
          id: `plc-refused:${lane}`,
          priority: 'urgent',
          what: `Lane ${lane}: the PLC at ${plc.endpoint} and this station do not trust each other.${told(plc.message)}`,
          meanwhile: noGate,
          toDo: 'Maintenance: approve the certificates on both sides and check user name and password.',
        },
      ];
    case 'connected':
      return [...machineAlarms(lane, plc), ...beltAlarms(lane, plc)];
  }
};

const beltAlarms = (lane: string, plc: LaneStatus['plc']): Raised[] => {
  if (plc.failSafe)
    return [
      {
        id: `fail-safe:${lane}`,
        priority: 'high',
        what: `Lane ${lane}: the gate is in fail-safe.`,
        meanwhile: 'The PLC decides about every part by the rule of the recipe, not by the verdict.',
        toDo: 'Look at the other alarms first. If there is none, acknowledge the fail-safe at the PLC.',
      },
    ];
  if (plc.lineRunning) return [];
  return [
    {
      id: `line-stopped:${lane}`,
      priority: 'low',
      what: `Lane ${lane}: the belt stands.`,
      meanwhile: 'No parts come. The inspection is ready.',
      toDo: 'Start the belt when production is to go on.',
    },
  ];
};

/** What the PLC says of the machine: a gate that cannot or may not reject is never quiet about it. // reject-gate §4, §5 */
const machineAlarms = (lane: string, plc: LaneStatus['plc']): Raised[] => [
  ...(plc.mode === 'bypass' || plc.mode === 'simulation'
    ? [
        {
          id: `bypass:${lane}`,
          priority: 'urgent' as const,
          what: `Lane ${lane}: the gate is in ${plc.mode}. Bad parts are not rejected.`,
          meanwhile: 'Every part passes, whatever its verdict. Parts are inspected and recorded.',
          toDo: 'Hold back what was made meanwhile, and switch the PLC to automatic.',
        },
      ]
    : []),
  ...(plc.binFull
    ? [
        {
          id: `bin-full:${lane}`,
          priority: 'high' as const,
          what: `Lane ${lane}: the reject bin is full.`,
          meanwhile: 'Verdicts go to the gate; rejected parts may not leave the belt.',
          toDo: 'Empty the reject bin.',
        },
      ]
    : []),
  ...(plc.airOk
    ? []
    : [
        {
          id: `no-air:${lane}`,
          priority: 'urgent' as const,
          what: `Lane ${lane}: the gate has no air pressure.`,
          meanwhile: 'Verdicts go to the gate, but it cannot move.',
          toDo: 'Stop the belt and see to the compressed air.',
        },
      ]),
];
