import type { Logger } from '../../base/log.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { LaneStatus } from '../../contract/facts.ts';
import type { GateCommand, GateOutcome, Trigger } from '../../contract/gate.ts';

/** Where the belt is, as the PLC told last. */
export interface PlcBelt {
  countsPerSecond: number;
  running: boolean;
}

export interface PlcHandlers {
  /** Once a trigger, in order. */
  onTrigger(trigger: Trigger): void;
  onBelt(belt: PlcBelt): void;
}

/** What the PLC is told about us, beside the commands; written when it changes, with the next heartbeat. */
export interface StationTags {
  ready: boolean;
  late: number;
  missedTriggers: number;
  recipe: string;
  modelVersion: string;
}

/** The link to one PLC. */
export interface PlcLink {
  /** Sends a command unless it is too late or the link is not connected and fresh. Never rejects, never replays. */
  send(command: GateCommand): Promise<GateOutcome>;
  publish(tags: StationTags): void;
  status(): LaneStatus['plc'];
  close(): Promise<void>;
}

/** Opens the link and keeps it; returns at once. `pki` is the station's PKI folder. */
export declare const openPlc: (config: PlcConfig, pki: string, handlers: PlcHandlers, log: Logger) => PlcLink;
