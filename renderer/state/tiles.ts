import type { MesStatus } from '../../electron/contract/api.ts';
import type { SlowLane } from '../api/slow.ts';
import type { Text } from '../text/en.ts';
import type { Tone } from './lineState.ts';

export type TileName = 'camera' | 'plc' | 'mes' | 'model';

/** A state tile, ready to be drawn. */
export interface Tile {
  name: TileName;
  tone: Tone;
  /** State in one or two words. */
  word: string;
  /** A fact that stays the same while all is well. */
  detail: string;
  trouble: Trouble | null;
}
export interface Trouble {
  what: string;
  meanwhile: string;
  toDo: string;
}

/** What the four tiles say about a lane; `null` is a lane that does not report. */
export const tilesOf = (lane: SlowLane | null, mes: Pick<MesStatus, 'state' | 'refuses'> | null, text: Text): Tile[] => [
  lane === null ? unknown('camera', text) : cameraTile(lane, text),
  lane === null ? unknown('plc', text) : plcTile(lane, text),
  lane === null ? unknown('model', text) : modelTile(lane, text),
  mes === null ? unknown('mes', text) : mesTile(mes, text),
];

const unknown = (name: TileName, { tiles }: Text): Tile => ({
  name,
  tone: 'unknown',
  word: tiles.unknown,
  detail: tiles.lastKnown,
  trouble: null,
});

const cameraTile = ({ camera }: SlowLane, { tiles }: Text): Tile => ({
  name: 'camera',
  tone: camera.state === 'running' ? 'fine' : 'alarm',
  word: tiles.cameraWord[camera.state],
  detail: '',
  trouble: camera.state === 'running' ? null : tiles.cameraTrouble[camera.state],
});

const plcTile = ({ plc }: SlowLane, { tiles }: Text): Tile => {
  const word = plc.failSafe && plc.state === 'connected' ? tiles.failSafeWord : tiles.plcWord[plc.state];
  const trouble = plc.state !== 'connected' ? tiles.plcTrouble[plc.state] : plc.failSafe ? tiles.plcTrouble.failSafe : null;
  return {
    name: 'plc',
    tone: trouble !== null ? 'alarm' : plc.lineRunning ? 'fine' : 'idle',
    word,
    detail: '',
    trouble,
  };
};

const modelTile = ({ model }: SlowLane, { tiles }: Text): Tile =>
  model === null
    ? { name: 'model', tone: 'alarm', word: tiles.modelLoading, detail: '', trouble: tiles.modelNone }
    : {
        name: 'model',
        tone: 'fine',
        word: tiles.provider[model.provider],
        detail: `${model.name} ${model.version} · ${model.sha8}`,
        trouble: null,
      };

const mesTile = ({ state, refuses }: Pick<MesStatus, 'state' | 'refuses'>, { tiles }: Text): Tile => {
  const is =
    state === 'connected' && [refuses?.reports, refuses?.orders].some((why) => typeof why === 'string') ? 'refuses' : state;
  return {
    name: 'mes',
    tone: is === 'connected' || is === 'fetches' ? 'fine' : is === 'not-configured' ? 'idle' : 'warning',
    word: tiles.mesWord[is],
    detail: is === 'not-configured' ? tiles.mesNone : '',
    trouble: is === 'connecting' || is === 'away' || is === 'refuses' ? tiles.mesTrouble[is] : null,
  };
};
