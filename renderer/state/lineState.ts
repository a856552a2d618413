import type { Alarm, AlarmCode } from '../../electron/contract/alarms.ts';
import type { SlowLane } from '../api/slow.ts';
import type { View } from '../api/view.ts';
import type { Text } from '../text/en.ts';

/** `warning`: the line sorts, but something around it wants attention; `alarm`: parts are not sorted by verdicts. */
export type Tone = 'fine' | 'idle' | 'warning' | 'alarm' | 'unknown';

/** How the line is, for one glance from three metres. */
export interface LineState {
  is: keyof Text['line'];
  /** `fine` and `idle` are grey; only what is abnormal has a colour (ISA-101). */
  tone: Tone;
  /** The alarm that says more than the word for the state. */
  alarm: Alarm | null;
}

const state = (is: LineState['is'], tone: LineState['tone'], alarm: Alarm | null = null): LineState => ({ is, tone, alarm });

/** The alarm that stands for as long as a state does: it knows since when. */
const toldBy: Partial<Record<LineState['is'], readonly AlarmCode[]>> = {
  silent: ['line-away', 'line-silent', 'line-safe'],
  camera: ['camera-lost', 'camera-ended'],
  gate: ['plc-away', 'plc-stale', 'plc-refused'],
  failSafe: ['fail-safe'],
  bypass: ['bypass'],
  simulation: ['bypass'],
};

/** Since when the line is as it is, by the station's clock; `null` when nothing has told. */
export const sinceOf = ({ is, alarm }: LineState, { slow, lane }: Pick<View, 'slow' | 'lane'>): number | null => {
  const isOfLane = ({ facts }: Alarm): boolean => !('lane' in facts) || facts.lane === lane;
  const told = alarm ?? slow?.alarms.find((each) => toldBy[is]?.includes(each.code) === true && isOfLane(each));
  return told?.sinceMs ?? null;
};

/** The worst that is known decides; what is not known is never called fine. */
export const lineState = ({ link, slow, lane }: Pick<View, 'link' | 'slow' | 'lane'>): LineState => {
  if (link === 'lost') return state('unreachable', 'alarm');
  if (link === 'connecting' || slow === null) return state('connecting', 'unknown');
  if (slow.lanes === null) return state('silent', 'alarm');
  const looked = slow.lanes.find((each) => each.lane === lane);
  const ofLane = looked === undefined ? null : laneState(looked);
  if (ofLane !== null && ofLane.tone === 'alarm') return ofLane;
  const urgent = slow.alarms.find(isPressing);
  if (urgent !== undefined) return state('alarm', 'alarm', urgent);
  return ofLane ?? state('connecting', 'unknown');
};

/** How one lane is, as far as the lane itself says. */
export const laneState = ({ camera, plc, model }: SlowLane): LineState => {
  if (model === null) return state('model', 'alarm');
  if (camera.state !== 'running') return state('camera', 'alarm');
  if (plc.state !== 'connected') return state('gate', 'alarm');
  if (plc.mode === 'bypass' || plc.mode === 'simulation') return state(plc.mode, 'alarm');
  if (plc.failSafe) return state('failSafe', 'alarm');
  return plc.lineRunning ? state('running', 'fine') : state('stopped', 'idle');
};

/** Whether verdicts are being made and heard of; where not, the last one must not look like one of now. */
export const isJudging = ({ is }: LineState): boolean => !['connecting', 'unreachable', 'silent', 'camera', 'model'].includes(is);

const isPressing = ({ priority }: Alarm): boolean => priority === 'urgent' || priority === 'high';
