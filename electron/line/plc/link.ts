import type { ClientSession } from 'node-opcua-client';
import { monoMs } from '../../base/clock.ts';
import type { Logger } from '../../base/log.ts';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import type { PlcConfig } from '../../config/station.ts';
import type { LaneStatus, LinkState } from '../../contract/facts.ts';
import type { GateCommand, GateOutcome, Trigger } from '../../contract/gate.ts';
import { type LinkFacts, linkState } from './fresh.ts';
