import { join } from 'node:path';
import { AttributeIds, type ClientSession, DataType, Variant, VariantArrayType } from 'node-opcua-client';
import { PersonError } from '../../base/errors.ts';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import { nodeIdOf, readNamespaces } from '../../base/opcuaNode.ts';
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

/** Longer than any call may take; sessions that a cut cable leaves behind are soon forgotten. */
const sessionTimeoutMs = 15_000;

/** Keeps a session with the MES until `signal` aborts; our PKI folder is `records` in the station's. */
export const keepMesSession = (config: MesConfig, pki: string, handlers: MesHandlers, signal: AbortSignal): Promise<void> => {
  const { endpoint, securityPolicy, userName, passwordFile, missingCrl } = config;
  return keepOpcuaSession(
    {
      ...{ peer: 'MES', pki: join(pki, 'records'), firstWaitMs: 200, mostWaitMs: 5000 },
      ...{ sessionTimeoutMs, isOftenSilent: true },
      ...{ endpoint, securityPolicy, userName, passwordFile, missingCrl },
    },
    {
      async use(session, lost) {
        const namespaces = await readNamespaces(session);
        await checkMethod(session, config, namespaces, config.methodId);
        const call = callsOn(session, config, namespaces);
        await handlers.use({ report: reportsTo(call, config), exchangeJobs: jobsOf(call, config) }, lost);
      },
      onAway: (message) => handlers.onAway(message),
    },
    signal,
  );
};

/** Calls a method of the MES with one argument. */
type Call = (methodId: string, argument: Variant) => Promise<Variant[]>;

const callsOn =
  (session: ClientSession, config: MesConfig, namespaces: readonly string[]): Call =>
  async (methodId, argument) => {
    const { statusCode, outputArguments } = await session.call({
      ...{ objectId: nodeIdOf(config.objectId, namespaces), methodId: nodeIdOf(methodId, namespaces) },
      inputArguments: [argument],
    });
    if (statusCode.isNotGood()) throw new Error(`the MES answered ${statusCode.name}`);
    return outputArguments ?? [];
  };

/** Whether the method is there and ours to call, without calling it: who knows what an empty call does. Throws {@link PersonError}. */
const checkMethod = async (
  session: ClientSession,
  { endpoint }: MesConfig,
  namespaces: readonly string[],
  methodId: string,
): Promise<void> => {
  const { statusCode, value } = await session.read({
    nodeId: nodeIdOf(methodId, namespaces),
    attributeId: AttributeIds.UserExecutable,
  });
  if (statusCode.isNotGood())
    throw new PersonError(`The MES at ${endpoint} has no method ${methodId}.`, 'Correct methodId in the station file.');
  if (value.value === false)
    throw new PersonError(`We may not call ${methodId} at the MES at ${endpoint}.`, 'Give our user the right to call it there.');
};

const text = (value: string): Variant => new Variant({ dataType: DataType.String, value });
const textArray = (value: string[]): Variant =>
  new Variant({ dataType: DataType.String, arrayType: VariantArrayType.Array, value });

const reportsTo =
  (call: Call, config: MesConfig): Mes['report'] =>
  async (reports) => {
    const { reports: shape, acknowledged, refused } = config.arguments;
    const jsons = reports.map(({ json }) => json);
    const outputs = await call(config.methodId, shape === 'json' ? text(`[${jsons.join(',')}]`) : textArray(jsons));
    return {
      acknowledged: acknowledged === false ? reports.map(({ id }) => id) : textsOf(outputs[acknowledged]),
      refused: refused === false ? [] : textsOf(outputs[refused]).map((each) => refusalOf(each, reports)),
    };
  };

const jobsOf = (call: Call, { jobsMethodId }: MesConfig): Mes['exchangeJobs'] => {
  if (jobsMethodId === undefined) return null;
  return async (news) => textsOf((await call(jobsMethodId, text(JSON.stringify(news))))[0]);
};

const textsOf = (argument: Variant | undefined): string[] => [
  ...((argument?.value as Iterable<string> | null | undefined) ?? []),
];

/** `id: why`, as the MES writes it; `#n` is the n-th report of the call, whose id the MES could not read. */
const refusalOf = (refusal: string, reports: readonly Report[]): { id: string; why: string } => {
  const [id = '', ...why] = refusal.split(': ');
  return { id: id.startsWith('#') ? (reports[Number(id.slice(1))]?.id ?? id) : id, why: why.join(': ') };
};
