import { join } from 'node:path';
import { AttributeIds, type ClientSession, DataType, Variant, VariantArrayType } from 'node-opcua-client';
import { messageOf, PersonError } from '../../base/errors.ts';
import { keepOpcuaSession } from '../../base/opcuaClient.ts';
import { nodeIdOf, readNamespaces } from '../../base/opcuaNode.ts';
import type { MesConfig } from '../../config/station.ts';
import { CallRefused, GarbledAnswer } from './errors.ts';
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
/**
 * What can be asked of the MES. Each rejects: with {@link CallRefused} when it did not take the call, {@link GarbledAnswer}
 * when its answer cannot be read, anything else when none came.
 */
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
        await checkNodes(session, config, namespaces);
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
    const answer = await session
      .call({
        ...{ objectId: nodeIdOf(config.objectId, namespaces), methodId: nodeIdOf(methodId, namespaces) },
        inputArguments: [argument],
      })
      .catch((error: unknown) => Promise.reject(callError(messageOf(error).match(/ServiceResult is (Bad\w+)/)?.[1], error)));
    if (answer.statusCode.isNotGood()) throw callError(answer.statusCode.name, null);
    return answer.outputArguments ?? [];
  };

/** These tell of the way to the MES and not of what was called: whether it has done it is not known. */
const ofTheWay =
  /^Bad(Session|SecureChannel|Connection|Communication|NoCommunication|Timeout|RequestTimeout|RequestCancelled|RequestInterrupted|Shutdown|Server|Tcp|Disconnect|NotConnected)/;

const callError = (status: string | undefined, error: unknown): Error => {
  if (status === undefined) return error instanceof Error ? error : new Error(String(error));
  const message = `The MES answered ${status}.`;
  return ofTheWay.test(status) ? new Error(message) : new CallRefused(message);
};

/** Whether all that is called is there and ours to call, without calling it. Throws {@link PersonError}. */
const checkNodes = async (session: ClientSession, config: MesConfig, namespaces: readonly string[]): Promise<void> => {
  const { endpoint, objectId, methodId, jobsMethodId, delivery } = config;
  const { statusCode } = await session.read({
    nodeId: nodeIdOf(objectId, namespaces),
    attributeId: AttributeIds.NodeClass,
  });
  if (statusCode.isNotGood())
    throw new PersonError(`The MES at ${endpoint} has no object ${objectId}.`, 'Correct objectId in the station file.');
  // Only what is used: an MES that fetches its reports has no method to take them.
  if (delivery === 'call') await checkMethod(session, endpoint, namespaces, { methodId });
  if (jobsMethodId !== undefined) await checkMethod(session, endpoint, namespaces, { jobsMethodId });
};

/** Whether a method is there and ours to call: who knows what an empty call does. It is given by its name in the station file. */
const checkMethod = async (
  session: ClientSession,
  endpoint: string,
  namespaces: readonly string[],
  method: Record<string, string>,
): Promise<void> => {
  const [name, methodId] = Object.entries(method)[0] as [string, string];
  const { statusCode, value } = await session.read({
    nodeId: nodeIdOf(methodId, namespaces),
    attributeId: AttributeIds.UserExecutable,
  });
  if (statusCode.isNotGood())
    throw new PersonError(`The MES at ${endpoint} has no method ${methodId}.`, `Correct ${name} in the station file.`);
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

/** The strings of an output; nulls among them are left. Throws {@link GarbledAnswer} for what is no String[]. */
const textsOf = (output: Variant | undefined): string[] => {
  const value: unknown = output?.value ?? [];
  const isTexts = output === undefined || output.dataType === DataType.Null || output.dataType === DataType.String;
  // A text alone would fall into its characters.
  if (!isTexts || !Array.isArray(value))
    throw new GarbledAnswer(`The MES answered a ${DataType[output?.dataType ?? 0]} where the station file says a String[].`);
  return value.filter((each) => typeof each === 'string');
};

/** `id: why`, as the MES writes it; `#n` is the n-th report of the call, whose id the MES could not read. */
const refusalOf = (refusal: string, reports: readonly Report[]): { id: string; why: string } => {
  const [id = '', ...why] = refusal.split(': ');
  return { id: id.startsWith('#') ? (reports[Number(id.slice(1))]?.id ?? id) : id, why: why.join(': ') };
};
