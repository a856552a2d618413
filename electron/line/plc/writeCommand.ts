import { type ClientSession, type StatusCode, StatusCodes } from 'node-opcua-client';
import { type GateOutcome, verdictCode } from '../../contract/gate.ts';
import type { WriteCommand } from './commands.ts';
import type { Echo } from './echo.ts';
import { type TagMap, writesOf } from './tags.ts';
import { carried } from './wire.ts';

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

/**
 * The same for a PLC that answers with an echo of `ResultSeq` in `ResultAck`, as far as their types there hold it. A write
 * that fails is answered by its status.
 */
export const awaitsEcho = (map: TagMap, write: WriteCommand, echo: Echo): WriteCommand => {
  const [seq, ack] = [map.get('ResultSeq'), map.get('ResultAck')];
  if (seq === undefined || ack === undefined) return write;
  return async (command) => {
    const { answer, giveUp } = echo.wait(carried(ack, 'UInt32', carried(seq, 'UInt32', command.sequence % uint32)));
    try {
      const status = await write(command);
      if (status !== 'acknowledged') giveUp(status);
    } catch {
      giveUp('not-connected');
    }
    return answer;
  };
};
