import { join } from 'node:path';
import { type ClientSession, coerceNodeId, DataType, StatusCodes, Variant, VariantArrayType } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import type { MesConfig } from '../../config/station.ts';
import type { JobNews } from '../../contract/job.ts';

export interface Report {
  /** `station/lane/sequence`. */
  id: string;
  json: string;
}
export interface MesAnswer {
  acknowledged: string[];
  refused: { id: string; why: string }[];
}
/** What can be asked of the MES; each rejects when no answer came. */
export interface Mes {
  report(reports: readonly Report[]): Promise<MesAnswer>;
  /** Gives our news of job orders and brings commands, JSON each; `null` where the MES gives no orders this way. */
  exchangeJobs: ((news: JobNews) => Promise<string[]>) | null;
}

export interface MesHandlers {
  /** The MES can be called until `lost` aborts. */
  use(mes: Mes, lost: AbortSignal): Promise<void>;
  onAway(message: string): void;
}

const noSuchMethod = [StatusCodes.BadMethodInvalid, StatusCodes.BadNodeIdUnknown, StatusCodes.BadNodeIdInvalid];

/** Keeps a session with the MES until `signal` aborts; our PKI folder is `records` in the station's. */
export const keepMesSession = (config: MesConfig, pki: string, handlers: MesHandlers, signal: AbortSignal): Promise<void> => {
  const { endpoint, securityPolicy, userName, passwordFile, missingCrl } = config;
  return keepOpcuaSession(
    {
      ...{ peer: 'MES', pki: join(pki, 'records'), firstWaitMs: 200, mostWaitMs: 5000, sessionTimeoutMs: 60_000 },
      ...{ endpoint, securityPolicy, userName, passwordFile, missingCrl },
    },
    {
      async use(session, lost) {
        const mes: Mes = { report: reportsTo(session, config), exchangeJobs: jobsOf(session, config) };
        // An empty call shows that the method is there before anybody relies on it.
        await mes.report([]);
        await handlers.use(mes, lost);
      },
      onAway: (message) => handlers.onAway(message),
    },
    signal,
  );
};

/** Calls a method of the MES's object with one argument. Throws {@link PersonError} where it has none of that name. */
const call = async (session: ClientSession, config: MesConfig, methodId: string, argument: Variant): Promise<Variant[]> => {
  const { statusCode, outputArguments } = await session.call({
    ...{ objectId: coerceNodeId(config.objectId), methodId: coerceNodeId(methodId) },
    inputArguments: [argument],
  });
  if (noSuchMethod.some((status) => statusCode.equals(status)))
    throw new PersonError(`The MES at ${config.endpoint} has no method ${methodId}.`, 'Correct methodId in the station file.');
  if (statusCode.isNotGood()) throw new Error(`the MES answered ${statusCode.name}`);
  return outputArguments ?? [];
};

const text = (value: string): Variant => new Variant({ dataType: DataType.String, value });
const textArray = (value: string[]): Variant =>
  new Variant({ dataType: DataType.String, arrayType: VariantArrayType.Array, value });

const reportsTo =
  (session: ClientSession, config: MesConfig): Mes['report'] =>
  async (reports) => {
    const { reports: shape, acknowledged, refused } = config.arguments;
    const jsons = reports.map(({ json }) => json);
    const outputs = await call(
      session,
      config,
      config.methodId,
      shape === 'json' ? text(`[${jsons.join(',')}]`) : textArray(jsons),
    );
    return {
      acknowledged: acknowledged === null ? reports.map(({ id }) => id) : textsOf(outputs[acknowledged]),
      refused: refused === null ? [] : textsOf(outputs[refused]).map((each) => refusalOf(each, reports)),
    };
  };

const jobsOf = (session: ClientSession, config: MesConfig): Mes['exchangeJobs'] => {
  const { jobsMethodId } = config;
  if (jobsMethodId === undefined) return null;
  return async (news) => textsOf((await call(session, config, jobsMethodId, text(JSON.stringify(news))))[0]);
};

const textsOf = (argument: Variant | undefined): string[] => [
  ...((argument?.value as Iterable<string> | null | undefined) ?? []),
];

/** `id: why`, as the MES writes it; `#n` is the n-th report of the call, whose id the MES could not read. */
const refusalOf = (refusal: string, reports: readonly Report[]): { id: string; why: string } => {
  const [id = '', ...why] = refusal.split(': ');
  return { id: id.startsWith('#') ? (reports[Number(id.slice(1))]?.id ?? id) : id, why: why.join(': ') };
};
