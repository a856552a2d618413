import type { LaneStatus } from '../../contract/facts.ts';
import type { Condition, Raised } from './alarms.ts';

/** `line` tells its state five times a second; after so long without a word it is taken for hung. */
const silentMs = 2000;

const lineAway: Raised = {
  id: 'line-away',
  priority: 'urgent',
  what: 'The inspection is not running.',
  meanwhile: 'The PLC applies the fail-safe to every part by itself. Nothing is inspected.',
  toDo: 'It is started again by itself within seconds. If this stays, call maintenance: "linegate doctor" names the cause.',
};

/** What is wrong with the inspection itself and with the lanes. */
export const laneAlarms = ({ line, isListening }: Pick<Condition, 'line' | 'isListening'>): Raised[] => {
  // Before the records are open nobody can know here whether the inspection runs.
  if (line === null) return isListening ? [lineAway] : [];
  if (line.ageMs > silentMs) return [{ ...lineAway, id: 'line-silent', what: 'The inspection does not answer.' }];
  return line.lanes.flatMap((lane) => [...cameraAlarms(lane), ...plcAlarms(lane)]);
};

const told = (message: string): string => (message === '' ? '' : ` ${message}`);

const cameraAlarms = ({ lane, camera }: LaneStatus): Raised[] => {
  switch (camera.state) {
    case 'running':
    case 'opening':
      return [];
    case 'lost':
      return [
        {
          id: `camera-lost:${lane}`,
          priority: 'urgent',
          what: `Lane ${lane}: the camera gives no frames.${told(camera.message)}`,
          meanwhile:
            'Every part gets the verdict "error" and the gate follows the fail-safe. The camera is tried again all the time.',
          toDo: 'Check its cable, its power and its light. If this stays, call maintenance.',
        },
      ];
    case 'ended':
      return [
        {
          id: `camera-ended:${lane}`,
          priority: 'low',
          what: `Lane ${lane}: the recording is at its end.${told(camera.message)}`,
          meanwhile: 'No frame is inspected any more.',
          toDo: 'Start the station again to play it once more, or set another camera in the station file.',
        },
      ];
  }
};

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
      return beltAlarms(lane, plc);
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
