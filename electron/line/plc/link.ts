import { monoMs } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { LaneStatus, LinkState } from '../../contract/facts.ts';
import { type GateCommand, type GateOutcome, heartbeatEveryMs } from '../../contract/gate.ts';
import { openCommands } from './commands.ts';
import { isDead, linkState } from './fresh.ts';
import { openHeard, type PlcHandlers } from './heard.ts';
import { nothingToTell, type StationTags } from './ownTags.ts';
import type { LivePlc } from './session.ts';

export type { PlcHandlers, StationTags };

/** The link to one PLC. */
export interface PlcLink {
  /** Sends a command unless it is too late or the link is not connected and fresh. Never rejects, never replays. */
  send(command: GateCommand): Promise<GateOutcome>;
  /** Told to the PLC with the next heartbeat, as far as it has changed; readiness at once. */
  publish(tags: StationTags): void;
  /** Where the station times the gate: switches its output. Whether the PLC has taken it; never rejects. */
  output(open: boolean): Promise<boolean>;
  /** Whether something may be written now. */
  isConnected(): boolean;
  /** Commands that wait for the answer to the one in flight. */
  waiting(): number;
  status(): LaneStatus['plc'];
  /** Says goodbye to the PLC and ends. */
  close(): Promise<void>;
}

/**
 * Opens the link to a PLC and keeps it; returns at once. `pki` is the station's PKI folder, ours is `line` in it.
 *
 * What must hold: nothing is written unless the session stands and the PLC's heartbeat is fresh; nothing is written twice;
 * what was not sent in its time is never sent.
 */
export const openPlc = (config: PlcConfig, pki: string, handlers: PlcHandlers, log: Logger): PlcLink => {
  const { endpoint } = config;
  const { heard, newSession } = openHeard(handlers, monoMs);
  let live: LivePlc | null = null;
  let away = { message: '', refused: false };
  let gateOpen = false;
  let tags = nothingToTell;

  const state = (): LinkState =>
    linkState({ session: live !== null, refused: away.refused, heartbeatAtMs: heard.heartbeatAtMs }, monoMs());
  const commands = openCommands(
    (command) => live?.write(command) ?? Promise.resolve('not-connected'),
    () => state() === 'connected',
    monoMs,
  );

  const use = async (plc: LivePlc, lost: AbortSignal): Promise<void> => {
    live = plc;
    away = { message: '', refused: false };
    log.info({ endpoint }, 'the PLC is connected');
    await beatUntil(lost, monoMs());
    live = null;
    commands.drop();
    log.warn({ endpoint }, 'the PLC is left');
  };

  const beat = (): void => {
    const link = {
      triggerAck: heard.lastTrigger?.partId ?? 0,
      owner: heard.condition.owner,
      gateOpen,
    };
    live?.beat(tags, link).catch(() => undefined);
  };

  /** Resolves when the session is lost or the PLC seems dead. */
  const beatUntil = (lost: AbortSignal, openedAtMs: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearInterval(timer);
        resolve();
      };
      const timer = setInterval(() => {
        commands.sweep();
        if (state() === 'connected') beat();
        else if (isDead(heard.heartbeatAtMs ?? openedAtMs, monoMs())) end();
      }, heartbeatEveryMs);
      lost.addEventListener('abort', end);
      if (lost.aborted) end();
    });

  const closing = new AbortController();
  const onAway = (message: string, refused: boolean): void => {
    if (message !== away.message) {
      log.warn({ endpoint }, message);
      // Who turns us away, or whom we turn away, is recorded once. // faults #29
      if (refused) handlers.onNoted({ kind: 'plc-refused', what: message });
    }
    away = { message, refused };
  };
  const onClockStep = (byMs: number): void =>
    handlers.onNoted({
      kind: 'clock-step',
      what: `The wall clock jumped by ${Math.round(byMs / 1000)} s; the session is opened anew.`,
    });
  // Loaded beside, not before, what else the station starts: node-opcua takes half a second.
  const ended = import('./session.ts').then(({ keepLivePlc }) =>
    keepLivePlc(config, pki, { newSession, use, onAway, onClockStep }, closing.signal),
  );

  return {
    send: commands.send,
    publish(now) {
      const turned = now.ready !== tags.ready;
      tags = now;
      // A belt that waits for us, or must not, hears it at once. // faults #11
      if (turned && state() === 'connected') beat();
    },
    async output(open) {
      gateOpen = open;
      if (live === null || state() !== 'connected') return false;
      return live.output(open).catch(() => false);
    },
    isConnected: () => state() === 'connected',
    waiting: commands.depth,
    status: () => ({
      state: state(),
      message: state() === 'stale' ? `The PLC at ${endpoint} shows no life.` : away.message,
      endpoint,
      lineRunning: heard.belt.running,
      failSafe: heard.failSafe,
      mode: heard.condition.mode,
      owner: heard.condition.owner,
      binFull: heard.condition.binFull,
      airOk: heard.condition.airOk,
      heartbeatAgeMs: heard.heartbeatAtMs === null ? null : monoMs() - heard.heartbeatAtMs,
    }),
    async close() {
      if (state() === 'connected') await live?.goodbye().catch(() => undefined);
      closing.abort();
      await ended;
    },
  };
};
