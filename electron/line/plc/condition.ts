import type { ChallengePart } from '../../contract/challenge.ts';
import type { LineEventKind } from '../../contract/facts.ts';
import { type Owner, type PlcMode, plcModes, type PlcTag } from '../../contract/gate.ts';

/** How the machine is, as the PLC told last; what it has not told is taken for well. */
export interface PlcCondition {
  mode: PlcMode;
  /** When the mode began, monotonic. */
  modeSinceMs: number;
  /** Who may choose the recipe: the PLC, or the person at the machine. */
  owner: Owner;
  binFull: boolean;
  airOk: boolean;
  /** The part of a challenge is a good one. */
  challengeGood: boolean;
}

export const conditionTags = ['Mode', 'LocalControl', 'RejectBinFull', 'AirOk', 'ChallengeGood'] as const satisfies PlcTag[];
export type ConditionTag = (typeof conditionTags)[number];

/** What goes into the records about a change. */
export interface Noted {
  kind: LineEventKind;
  what: string;
}

/** A machine that has told nothing yet, at `nowMs`, monotonic. */
export const wellCondition = (nowMs: number): PlcCondition => ({
  ...{ mode: 'auto', modeSinceMs: nowMs, owner: 'plc', binFull: false, airOk: true, challengeGood: false },
});

const modeNames = Object.keys(plcModes) as PlcMode[];

/** Whether the gate lets every part pass, whatever the verdict. // reject-gate §4 */
export const lets = ({ mode }: Pick<PlcCondition, 'mode'>): boolean => mode === 'bypass' || mode === 'simulation';

/** Which known part comes now; `null`: none. */
export const challengeNow = ({ mode, challengeGood }: Pick<PlcCondition, 'mode' | 'challengeGood'>): ChallengePart | null =>
  mode !== 'challenge' ? null : challengeGood ? 'good' : 'bad';

/** Takes a change of a tag into `condition`; returns what is to be recorded of it. An unknown mode changes nothing. Times are monotonic. */
export const onCondition = (condition: PlcCondition, tag: ConditionTag, value: unknown, nowMs: number): Noted | null => {
  switch (tag) {
    case 'RejectBinFull':
      condition.binFull = value === true;
      return null;
    case 'AirOk':
      condition.airOk = value === true;
      return null;
    case 'ChallengeGood':
      condition.challengeGood = value === true;
      return null;
    case 'LocalControl':
      return onOwner(condition, value === true ? 'person' : 'plc');
    case 'Mode': {
      const mode = modeNames.find((name) => plcModes[name] === value);
      return mode === undefined ? null : onMode(condition, mode, nowMs);
    }
  }
};

const onOwner = (condition: PlcCondition, owner: Owner): Noted | null => {
  if (owner === condition.owner) return null;
  condition.owner = owner;
  const what = owner === 'person' ? 'A person at the machine has taken control.' : 'The PLC has control again.';
  return { kind: 'control-changed', what };
};

const onMode = (condition: PlcCondition, mode: PlcMode, nowMs: number): Noted | null => {
  const { mode: before, modeSinceMs } = condition;
  if (mode === before) return null;
  condition.mode = mode;
  condition.modeSinceMs = nowMs;
  const seconds = Math.round((nowMs - modeSinceMs) / 1000);
  const rejects = lets({ mode }) ? ' Nothing is rejected.' : '';
  return { kind: 'mode-changed', what: `Mode ${mode} after ${seconds} s of ${before}.${rejects}` };
};
