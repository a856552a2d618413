import { DataType, type OPCUAServer, StatusCodes, Variant, VariantArrayType } from 'node-opcua';
import { buildOpcuaServer, type OpcuaServerOptions } from '../../base/opcuaServer.ts';
import type { Answer } from './ledger.ts';

/** As the README says; with colons for slashes; all ids in one String; with nulls between them. */
export const answerForms = ['good', 'colons', 'text', 'nulls'] as const;
export type AnswerForm = (typeof answerForms)[number];

/** What the MES does when it is called. */
export interface MesMethods {
  /** `null`: the call fails with a Bad status. */
  onReports(reports: readonly string[]): Promise<Answer | null>;
  /** How ids are answered; as the README says where it is left out. */
  answerForm?(): AnswerForm;
  /** Our commands, JSON each, for the news of the station, JSON too. */
  onJobs(news: string): Promise<string[]>;
}

/** Starts the MES's OPC UA server: the methods `Mes.ReportResults` and `Mes.Jobs` of the object `ns=1;s=Mes`. */
export const startMesServer = async (options: OpcuaServerOptions, methods: MesMethods): Promise<OPCUAServer> => {
  const server = await buildOpcuaServer(options);
  const addressSpace = server.engine.addressSpace;
  if (addressSpace === null) throw new Error('the server has no address space');
  const namespace = addressSpace.getOwnNamespace();
  const mes = namespace.addObject({ organizedBy: addressSpace.rootFolder.objects, browseName: 'Mes', nodeId: 's=Mes' });
  const report = namespace.addMethod(mes, {
    browseName: 'ReportResults',
    nodeId: 's=Mes.ReportResults',
    inputArguments: [argument('Reports', 'Part records, JSON each')],
    outputArguments: [
      argument('Acknowledged', 'Ids (station/lane/sequence) that the MES has'),
      argument('Refused', 'Ids that it will not take, each with ": " and why'),
    ],
  });
  // node-opcua wants two declared parameters of an asynchronous handler.
  report.bindMethod(async (inputs: Variant[], _context: unknown) => {
    const answer = await methods.onReports((inputs[0]?.value as string[] | null) ?? []);
    if (answer === null) return { statusCode: StatusCodes.BadInternalError };
    const acknowledged = inForm(answer.acknowledged, methods.answerForm?.() ?? 'good');
    return { statusCode: StatusCodes.Good, outputArguments: [acknowledged, strings(answer.refused)] };
  });
  const jobs = namespace.addMethod(mes, {
    browseName: 'Jobs',
    nodeId: 's=Mes.Jobs',
    inputArguments: [{ ...argument('News', 'Answers to commands and job responses, JSON'), valueRank: -1 }],
    outputArguments: [argument('Commands', 'Commands that were not answered yet, JSON each')],
  });
  jobs.bindMethod(async (inputs: Variant[], _context: unknown) => ({
    statusCode: StatusCodes.Good,
    outputArguments: [strings(await methods.onJobs(String(inputs[0]?.value)))],
  }));
  await server.start();
  return server;
};

const argument = (name: string, description: string) => ({
  name,
  description: { text: description },
  dataType: DataType.String,
  valueRank: 1,
});

const strings = (value: (string | null)[]): Variant =>
  new Variant({ dataType: DataType.String, arrayType: VariantArrayType.Array, value });

const inForm = (ids: string[], form: AnswerForm): Variant => {
  if (form === 'colons') return strings(ids.map((id) => id.replaceAll('/', ':')));
  if (form === 'text') return new Variant({ dataType: DataType.String, value: JSON.stringify(ids) });
  return strings(form === 'nulls' ? [null, ...ids, null] : ids);
};
