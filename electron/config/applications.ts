import { join } from 'node:path';
import type { OpcuaApplication } from '../base/opcuaCertificates.ts';
import { pkiFolder } from './paths.ts';
import type { Station } from './station.ts';

/** The applications of a station that speak OPC UA, each with a PKI folder of its own. */
export const opcuaApplications = ({ dataDir, lane, mes }: Pick<Station, 'dataDir' | 'lane' | 'mes'>): OpcuaApplication[] => {
  const application = (name: string, peer: string, endpoints: string[]): OpcuaApplication => ({
    ...{ name, peer, endpoints: [...new Set(endpoints)] },
    pki: join(pkiFolder(dataDir), name),
  });
  const line = application(
    'line',
    'PLC',
    lane.map(({ plc }) => plc.endpoint),
  );
  return mes === undefined ? [line] : [line, application('records', 'MES', [mes.endpoint])];
};
