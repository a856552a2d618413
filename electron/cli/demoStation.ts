import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import type { Factory } from '../sim/factory.ts';

const referencePackage = fileURLToPath(new URL('../../models/reference', import.meta.url));

/**
 * Writes the station file and the recipe of the demo line into `folder`: chips in carrier tape, one lane.
 * Returns the station file's path.
 */
export const writeDemoStation = (folder: string, { ports, paths }: Pick<Factory, 'ports' | 'paths'>, apiPort: number): string => {
  const recipes = join(folder, 'recipes');
  mkdirSync(recipes, { recursive: true });
  writeFileSync(
    join(recipes, 'chips-in-tape.toml'),
    stringify({
      name: 'chips-in-tape',
      product: 'Chip resistors and capacitors in carrier tape',
      model: referencePackage,
      roi: { x: 520, y: 240, width: 240, height: 240 },
      gate: { distanceCounts: 4000, actuatorMs: 30, unsure: 'reject', failSafe: 'reject' },
    }),
  );
  const file = join(folder, 'station.toml');
  const login = { userName: paths.userName, passwordFile: paths.passwordFile };
  writeFileSync(
    file,
    stringify({
      station: 'DEMO',
      dataDir: 'data',
      api: { port: apiPort, localRole: 'quality' },
      lane: [
        {
          name: 'lane-1',
          camera: { kind: 'sim', port: ports.camera },
          recipe: 'recipes/chips-in-tape.toml',
          plc: { endpoint: `opc.tcp://127.0.0.1:${ports.plc}`, ...login },
        },
      ],
      mes: { endpoint: `opc.tcp://127.0.0.1:${ports.mes}`, jobsMethodId: 'ns=1;s=Mes.Jobs', ...login },
    }),
  );
  return file;
};
