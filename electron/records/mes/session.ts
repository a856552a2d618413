import { join } from 'node:path';
import { type ClientSession, coerceNodeId, DataType, StatusCodes, Variant, VariantArrayType } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import type { MesConfig } from '../../config/station.ts';

export interface Report {
  /** `station/lane/sequence`. */
  id: string;
  json: string;
}
export interface MesAnswer {
  acknowledged: string[];
  refused: { id: string; why: string }[];
}
/** Reports by one method call; rejects when no answer came. */
export type CallMes = (reports: readonly Report[]) => Promise<MesAnswer>;

export interface MesHandlers {
  /** The MES can be called until `lost` aborts. */
  use(call: CallMes, lost: AbortSignal): Promise<void>;
  onAway(message: string): void;
}

const noSuchMethod = [StatusCodes.BadMethodInvalid, StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid];

/** Keeps a session with the MES until `signal` aborts; our PKI folder is `records` in the station's. */
export const keepMesSession = (config: MesConfig, pki: string, handlers: MesHandlers, signal: AbortSignal): Promise<void> =>
  keepOpcuaSession(
    { peer: 'MES', pki: join(pki, 'records'), firstWaitMs: 200, mostWaitMs: 5000, ...config },
    {
      async use(session, lost) {
        const call = callsMes(session, config);
        // An empty call shows that the method is there before anybody relies on it.
        await call([]);
        await handlers.use(call, lost);
      },
      onAway: (message) => handlers.onAway(message),
    },
    signal,
  );

const callsMes = (session: ClientSession, config: MesConfig): CallMes => {
  const method = { objectId: coerceNodeId(config.objectId), methodId: coerceNodeId(config.methodId) };
  return async (reports) => {
    const result = await session.call({
      ...method,
      inputArguments: [
        new Variant({ dataType: DataType.String, arrayType: VariantArrayType.Array, value: reports.map(({ json }) => json) }),
      ],
    });
    if (noSuchMethod.some((status) => result.statusCode.equals(status)))
      throw new PersonError(
        `The MES at ${config.endpoint} has no method ${config.methodId}.`,
        'Correct methodId in the station file.',
      );
    if (result.statusCode.isNotGood()) throw new Error(`the MES answered ${result.statusCode.name}`);
    const [acknowledged, refused] = result.outputArguments ?? [];
    return { acknowledged: texts(acknowledged), refused: texts(refused).map((text) => refusalOf(text, reports)) };
  };
};

const texts = (argument: Variant | undefined): string[] => (argument?.value as string[] | null | undefined) ?? [];

/** `id: why`, as the MES writes it; `#n` is the n-th report of the call, whose id the MES could not read. */
const refusalOf = (text: string, reports: readonly Report[]): { id: string; why: string } => {
  const [id = '', ...why] = text.split(': ');
  return { id: id.startsWith('#') ? (reports[Number(id.slice(1))]?.id ?? id) : id, why: why.join(': ') };
};
