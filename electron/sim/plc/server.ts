import {
  AccessLevelFlag,
  DataType,
  makePermissionFlag,
  type OPCUAServer,
  resolveNodeId,
  StatusCodes,
  Subscription,
  type UAVariable,
  Variant,
  WellKnownRoles,
} from 'node-opcua';
import { type OpcuaServerOptions, buildOpcuaServer } from '../../base/opcuaServer.ts';
import { type PlcTag, plcTags, stationTags } from '../../contract/gate.ts';
import type { Result, ResultAnswer } from './register.ts';

/** The PLC's variables on the wire. */
export interface PlcServer {
  set(tag: PlcTag, value: number | boolean): void;
  /** Publishes a trigger: the three tags carry one and the same source time stamp, which no other trigger has. */
  trigger(partId: number, encoder: number, triggerSeq: number): void;
  /** Makes all subscriptions of now fall silent. */
  mute(): void;
  refusedUsers(): number;
  close(): Promise<void>;
}

export interface PlcServerHandlers {
  /** `ResultSeq` was written; the answer is the status of that write. */
  onResult(result: Result): ResultAnswer;
  /** A heartbeat, and how the station wants the gate's output. */
  onVisionHeartbeat(gateOutput: boolean): void;
  onGateOutput(open: boolean): void;
  /** The vision system wants the belt to stop. */
  onStopRequest(): void;
  /** How long the answer to `ResultSeq` is held back. */
  answerDelayMs(): number;
  wallMs(): number;
}

/** The fastest subscription that a client may have. */
const fastestPublishingMs = 1;

const statusOf = {
  accepted: StatusCodes.Good,
  late: StatusCodes.BadTimeout,
  refused: StatusCodes.BadOutOfRange,
} as const satisfies Record<ResultAnswer, unknown>;

/** Starts the PLC's OPC UA server: a variable `ns=1;s=Linegate.<Tag>` for each tag of the contract. */
export const startPlcServer = async (options: OpcuaServerOptions, handlers: PlcServerHandlers): Promise<PlcServer> => {
  Subscription.minimumPublishingInterval = fastestPublishingMs;
  let refusedUsers = 0;
  const server = await buildOpcuaServer({ ...options, onRefused: () => (refusedUsers += 1) });
  const variables = addVariables(server);
  const variable = (tag: PlcTag): UAVariable => {
    const found = variables.get(tag);
    if (found === undefined) throw new Error(`no variable for ${tag}`);
    return found;
  };
  const read = (tag: PlcTag): unknown => variable(tag).readValue().value.value;
  bindResultSeq(variable('ResultSeq'), handlers, (sequence) => ({
    sequence,
    partId: Number(read('ResultPartId')),
    verdictCode: Number(read('ResultVerdict')),
    reject: read('ResultReject') === true,
    valid: read('ResultValid') === true,
    deadline: Number(read('ResultDeadline')),
    gateEncoder: Number(read('ResultGateEncoder')),
  }));
  variable('VisionHeartbeat').on('value_changed', () => handlers.onVisionHeartbeat(read('GateOutput') === true));
  variable('GateOutput').on('value_changed', ({ value }) => handlers.onGateOutput(value.value === true));
  variable('StopRequest').on('value_changed', ({ value }) => value.value === true && handlers.onStopRequest());
  await server.start();

  const set = (tag: PlcTag, value: number | boolean, at?: Date): void =>
    variable(tag).setValueFromSource({ dataType: DataType[plcTags[tag]], value }, StatusCodes.Good, at);
  let lastTriggerMs = 0;
  return {
    set,
    trigger(partId, encoder, triggerSeq) {
      lastTriggerMs = Math.max(handlers.wallMs(), lastTriggerMs + 1);
      const at = new Date(lastTriggerMs);
      set('PartId', partId, at);
      set('EncoderAtTrigger', encoder, at);
      set('TriggerSeq', triggerSeq, at);
    },
    mute() {
      for (const session of server.engine.getSessions())
        for (const { id } of session.publishEngine.subscriptions) session.getSubscription(id)?.setPublishingMode(false);
    },
    refusedUsers: () => refusedUsers,
    close: () => server.shutdown(0),
  };
};

const addVariables = (server: OPCUAServer): Map<PlcTag, UAVariable> => {
  const addressSpace = server.engine.addressSpace;
  if (addressSpace === null) throw new Error('the server has no address space');
  const namespace = addressSpace.getOwnNamespace();
  const folder = namespace.addFolder(addressSpace.rootFolder.objects, { browseName: 'Linegate', nodeId: 's=Linegate' });
  const readOnly = AccessLevelFlag.CurrentRead;
  // Stated for each, because node-opcua would look the namespace's up for every value written.
  const rolePermissions = [
    { roleId: resolveNodeId(WellKnownRoles.AuthenticatedUser), permissions: makePermissionFlag('Browse | Read | Write') },
  ];
  return new Map(
    Object.entries(plcTags).map(([tag, type]) => [
      tag as PlcTag,
      namespace.addVariable({
        componentOf: folder,
        browseName: tag,
        nodeId: `s=Linegate.${tag}`,
        dataType: DataType[type],
        rolePermissions,
        accessLevel: stationTags.has(tag as PlcTag) ? readOnly | AccessLevelFlag.CurrentWrite : readOnly,
        // Exception-based: a subscriber hears every change, not samples.
        minimumSamplingInterval: 0,
        value: { dataType: DataType[type], value: type === 'String' ? '' : type === 'Boolean' ? false : 0 },
      }),
    ]),
  );
};

const bindResultSeq = (variable: UAVariable, handlers: PlcServerHandlers, resultOf: (sequence: number) => Result): void => {
  let sequence = 0;
  variable.bindVariable(
    {
      get: () => new Variant({ dataType: DataType.UInt32, value: sequence }),
      set: (written: Variant, answer: (error: Error | null, status: (typeof statusOf)[ResultAnswer]) => void) => {
        sequence = Number(written.value);
        const status = statusOf[handlers.onResult(resultOf(sequence))];
        const delayMs = handlers.answerDelayMs();
        if (delayMs > 0) setTimeout(() => answer(null, status), delayMs);
        else answer(null, status);
      },
    },
    true,
  );
};
