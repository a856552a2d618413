import { monoMs, wallMs } from '../../base/clock.ts';
import { heartbeatEveryMs, heartbeatTimeoutMs } from '../../contract/gate.ts';
import type { BeltTick, FromConveyor, PlcCounts } from '../../contract/wiring.ts';
import { countAnswer, countLeft, noCounts } from './counts.ts';
import type { PlcOptions } from './options.ts';
import { type Cell, emptyRegister, onBelt, onEdge, onLeft, onResult, type Register } from './register.ts';
import { startPlcServer } from './server.ts';
import { connectWires } from './wires.ts';

export interface Controller {
  delayAnswers(ms: number): void;
  beat(on: boolean): void;
  startBelt(): void;
  counts(): PlcCounts;
  reset(): void;
  close(): Promise<void>;
}

/** How often the tags that tell of the belt are refreshed; triggers are not bound to it. */
const beltTagsEveryMs = 50;
const uint32 = 2 ** 32;

/** Wires the shift register to the conveyor on one side and to OPC UA on the other. */
export const openController = async (options: PlcOptions): Promise<Controller> => {
  let register: Register | null = null;
  let counts = noCounts();
  let belt: BeltTick = { type: 'tick', encoder: 0, countsPerSecond: 0, running: false };
  let visionHeartbeatAtMs = Number.NEGATIVE_INFINITY;
  let blind = true;
  let answerDelayMs = 0;
  let beating = true;
  let beats = 0;

  const server = await startPlcServer(options.server, {
    onResult(result) {
      const answer = register === null ? 'refused' : onResult(register, result, belt.encoder);
      countAnswer(counts, answer);
      if (answer === 'accepted') server.set('ResultAck', result.sequence);
      return answer;
    },
    onVisionHeartbeat() {
      visionHeartbeatAtMs = monoMs();
      look();
    },
    answerDelayMs: () => answerDelayMs,
    wallMs,
  });

  /** Whether the vision system lives. One that was away may come back as another: its sequence numbers start anew. */
  const look = (): void => {
    const isBlind = monoMs() - visionHeartbeatAtMs > heartbeatTimeoutMs;
    if (isBlind === blind) return;
    blind = isBlind;
    server.set('FailSafeActive', blind);
    if (blind && register !== null) register.lastResultSeq = null;
  };

  const command = (cell: Cell): void => {
    if (cell.decision?.stop) wires.send({ type: 'belt', run: false });
    if (!cell.decision?.reject) return;
    const place = cell.encoder + options.gateDistance;
    openGate(place - options.window, place + options.window);
  };

  const openGate = (from: number, to: number): void =>
    wires.send({ type: 'gate', openAt: (from + uint32) % uint32, closeAt: (to + uint32) % uint32 });

  const lead = (): number => options.window + (belt.countsPerSecond * options.actuatorMs) / 1000;

  const hear = (message: FromConveyor): void => {
    if (message.type === 'edge') {
      // As if the counter had outlived the power: ids go on where the conveyor's count stands.
      register ??= emptyRegister(message.part);
      const cell = onEdge(register, message);
      server.trigger(cell.partId, cell.encoder, register.triggerSeq);
    } else if (message.type === 'tick') {
      belt = message;
      look();
      if (register === null) return;
      const gate = { distance: options.gateDistance, lead: lead() };
      for (const cell of onBelt(register, belt.encoder, gate, options.failSafe, blind)) command(cell);
    } else {
      const cell = register === null ? null : onLeft(register, message.part);
      if (cell !== null) {
        countLeft(counts, cell, message.ejected);
        if (message.ejected) server.set('RejectConfirmed', cell.partId);
      }
    }
  };

  const wires = connectWires(options.wiring, {
    onMessage: hear,
    onConnected: () => register?.cells.clear(),
  });

  const beltTags = setInterval(() => {
    server.set('Encoder', belt.encoder);
    server.set('EncoderRate', belt.countsPerSecond);
    server.set('LineRunning', belt.running);
  }, beltTagsEveryMs);
  const heartbeat = setInterval(() => {
    look();
    if (beating) server.set('Heartbeat', ++beats);
  }, heartbeatEveryMs);
  server.set('FailSafeActive', true);
  server.set('AirOk', true);
  server.set('Mode', 1);

  return {
    delayAnswers: (ms) => {
      answerDelayMs = ms;
    },
    beat: (on) => {
      beating = on;
    },
    startBelt: () => wires.send({ type: 'belt', run: true }),
    counts: () => counts,
    reset: () => {
      counts = noCounts();
    },
    async close() {
      clearInterval(beltTags);
      clearInterval(heartbeat);
      wires.close();
      await server.close();
    },
  };
};
