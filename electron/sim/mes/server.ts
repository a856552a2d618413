import { DataType, type OPCUAServer, StatusCodes, Variant, VariantArrayType } from 'node-opcua';
import { buildOpcuaServer, type OpcuaServerOptions } from '../../base/opcuaServer.ts';
import type { Answer } from './ledger.ts';

/** Starts the MES's OPC UA server: the method `ns=1;s=Mes.ReportResults` of the object `ns=1;s=Mes`. */
export const startMesServer = async (
  options: OpcuaServerOptions,
  onReports: (reports: readonly string[]) => Promise<Answer>,
): Promise<OPCUAServer> => {
  const server = await buildOpcuaServer(options);
  const addressSpace = server.engine.addressSpace;
  if (addressSpace === null) throw new Error('the server has no address space');
  const namespace = addressSpace.getOwnNamespace();
  const mes = namespace.addObject({ organizedBy: addressSpace.rootFolder.objects, browseName: 'Mes', nodeId: 's=Mes' });
  const method = namespace.addMethod(mes, {
    browseName: 'ReportResults',
    nodeId: 's=Mes.ReportResults',
    inputArguments: [argument('Reports', 'Part records, JSON each')],
    outputArguments: [
      argument('Acknowledged', 'Ids (station/lane/sequence) that the MES has'),
      argument('Refused', 'Ids that it will not take, each with ": " and why'),
    ],
  });
  // node-opcua wants two declared parameters of an asynchronous handler.
  method.bindMethod(async (inputs: Variant[], _context: unknown) => {
    const answer = await onReports((inputs[0]?.value as string[] | null) ?? []);
    return { statusCode: StatusCodes.Good, outputArguments: [strings(answer.acknowledged), strings(answer.refused)] };
  });
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
