import { DataType, type OPCUAServer, StatusCodes, Variant, VariantArrayType } from 'node-opcua';
import { buildOpcuaServer, type OpcuaServerOptions } from '../../base/opcuaServer.ts';
import type { Answer } from './ledger.ts';

/** What the MES does when it is called. */
export interface MesMethods {
  onReports(reports: readonly string[]): Promise<Answer>;
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
    return { statusCode: StatusCodes.Good, outputArguments: [strings(answer.acknowledged), strings(answer.refused)] };
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

const strings = (value: string[]): Variant =>
  new Variant({ dataType: DataType.String, arrayType: VariantArrayType.Array, value });
