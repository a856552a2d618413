import { type ClientSession, type StatusCode, StatusCodes } from 'node-opcua-client';
import { type GateOutcome, verdictCode } from '../../contract/gate.ts';
import type { WriteCommand } from './commands.ts';
import { type TagMap, writesOf } from './tags.ts';

const uint32 = 2 ** 32;

/** Writes a command as one Write request: all data first, `ResultSeq` last; the status of that last write is the PLC's answer. */
export const writesCommands =
  (session: ClientSession, map: TagMap): WriteCommand =>
  async (command) =>
    outcomeOf(
      await session.write(
        writesOf(map, [
          ['ResultPartId', command.partId],
          ['ResultVerdict', verdictCode[command.verdict]],
          ['ResultReason', command.reasonCode],
          ['ResultScore', command.score],
          ['ResultDeadline', command.deadlineEncoder],
          ['ResultGateEncoder', command.gateEncoder],
          ['ResultReject', command.reject],
          ['ResultMark', command.mark],
          ['ResultValid', true],
          ['ResultSeq', command.sequence % uint32],
        ]),
      ),
    );

/** `BadTimeout` says that the part is decided already; anything else that is not good, that the command is wrong. */
const outcomeOf = (statuses: StatusCode[]): GateOutcome => {
  if (statuses.every((status) => status.isGood())) return 'acknowledged';
  return statuses.at(-1)?.equals(StatusCodes.BadTimeout) ? 'late' : 'refused';
};
