import { monoMs, wallMs } from '../../base/clock.ts';
import { heartbeatEveryMs, heartbeatOldMs, type PlcMode, plcModes } from '../../contract/gate.ts';
import type { PlcFigures } from '../../contract/wiring.ts';
import { openGate } from './gate.ts';
import type { PlcOptions } from './options.ts';
import { openOutput } from './output.ts';
import { type PlcServer, startPlcServer } from './server.ts';
import { connectWires } from './wires.ts';

export interface Controller {
  delayAnswers(ms: number): void;
  beat(on: boolean): void;
  startBelt(): void;
  /** Asks the vision system for the recipe with this number. */
  wantRecipe(number: number): void;
  /** A person resets the vision system's interlocks. */
  resetInterlocks(): void;
  /** A person turns the mode switch. */
  mode(mode: PlcMode): void;
  /** A person turns the switch local/remote. */
  local(on: boolean): void;
  /** Subscriptions of now tell nothing any more, though they live (faults #26). */
  mute(): void;
  figures(): PlcFigures;
  reset(): void;
  close(): Promise<void>;
}

/** How often the tags that tell of the belt are refreshed; triggers are not bound to it. */
const beltTagsEveryMs = 50;
/** Ticks of the conveyor between two readings of the encoder for a station that times the gate: 20 ms. */
const ticksPerReading = 4;

/** The simulated PLC as a whole: the gate between the conveyor's wires and OPC UA, and the watch over the heartbeats. */
export const openController = async (options: PlcOptions): Promise<Controller> => {
  const gate = openGate(options, {
    send: (message) => wires.send(message),
    triggered: (cell, triggerSeq) => server.trigger(cell.partId, cell.encoder, triggerSeq),
    rejectConfirmed: (partId) => server.set('RejectConfirmed', partId),
  });
  const output = options.gate === 'plc' ? null : openOutput(options, (message) => wires.send(message));
  let visionHeartbeatAtMs = Number.NEGATIVE_INFINITY;
  let blind = true;
  let answerDelayMs = 0;
  let beating = true;
  let bypass = false;
  let ticks = 0;
  let recipeWishes = 0;
  let resets = 0;

  /** Whether the vision system lives; without it the fail-safe decides. */
  const look = (): void => {
    const isBlind = monoMs() - visionHeartbeatAtMs > heartbeatOldMs;
    if (isBlind === blind) return;
    blind = isBlind;
    server.set('FailSafeActive', blind);
    output?.watch({ blind, bypass });
    if (blind) gate.forgetSequence();
  };

  const server = await startPlcServer(options.server, {
    onResult(result) {
      const answer = gate.result(result);
      if (answer === 'accepted') server.set('ResultAck', result.sequence);
      return answer;
    },
    onVisionHeartbeat(gateOutput) {
      visionHeartbeatAtMs = monoMs();
      look();
      output?.tell(gateOutput);
    },
    onGateOutput: (open) => output?.tell(open),
    onStopRequest: () => wires.send({ type: 'belt', run: false }),
    answerDelayMs: () => answerDelayMs,
    wallMs,
  });
  const wires = connectWires(options.wiring, {
    onMessage(message) {
      look();
      gate.hear(message, blind);
      if (output !== null && message.type === 'tick' && ticks++ % ticksPerReading === 0) tags.tellBelt();
    },
    onConnected() {
      gate.forgetBelt();
      output?.plugged();
    },
  });
  server.set('FailSafeActive', blind);
  server.set('AirOk', true);
  server.set('Mode', plcModes.auto);
  const tags = keepTags(server, gate.belt, () => {
    look();
    return beating;
  });

  return {
    delayAnswers: (ms) => {
      answerDelayMs = ms;
    },
    beat: (on) => {
      beating = on;
    },
    startBelt: () => wires.send({ type: 'belt', run: true }),
    wantRecipe(number) {
      server.set('RecipeReq', number);
      server.set('RecipeReqSeq', ++recipeWishes);
    },
    resetInterlocks: () => server.set('InterlockReset', ++resets),
    mode(mode) {
      bypass = mode === 'bypass' || mode === 'simulation';
      gate.bypass(bypass);
      output?.watch({ blind, bypass });
      server.set('Mode', plcModes[mode]);
    },
    local: (on) => server.set('LocalControl', on),
    mute: server.mute,
    figures: () => ({ ...gate.counts(), ...gate.ejections(), failSafe: blind, refusedUsers: server.refusedUsers() }),
    reset: gate.reset,
    async close() {
      tags.stop();
      wires.close();
      await server.close();
    },
  };
};

/** Refreshes the belt's tags and, when `onBeat` says so, the heartbeat; returns how to do it at once and how to stop it. */
const keepTags = (
  server: PlcServer,
  belt: () => { encoder: number; countsPerSecond: number; running: boolean },
  onBeat: () => boolean,
): { tellBelt(): void; stop(): void } => {
  let beats = 0;
  const tellBelt = (): void => {
    const { encoder, countsPerSecond, running } = belt();
    server.set('Encoder', encoder);
    server.set('EncoderRate', countsPerSecond);
    server.set('LineRunning', running);
  };
  const tags = setInterval(tellBelt, beltTagsEveryMs);
  const heartbeat = setInterval(() => {
    if (onBeat()) server.set('Heartbeat', ++beats);
  }, heartbeatEveryMs);
  return {
    tellBelt,
    stop() {
      clearInterval(tags);
      clearInterval(heartbeat);
    },
  };
};
