import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'smol-toml';
import type { z } from 'zod';
import type { recipe as recipeSchema } from '../config/recipe.ts';
import type { GateMode } from '../contract/gate.ts';
import type { Factory } from '../sim/factory.ts';

const referencePackage = fileURLToPath(new URL('../../models/reference', import.meta.url));

/** What tests want otherwise in the demo's recipes, and who times the gates when it is not the PLC. */
export type DemoChange = RecipeChange & { timedBy?: GateMode };

export type RecipeChange = Partial<
  Pick<z.input<typeof recipeSchema>, 'gate' | 'policy' | 'interlocks' | 'tracking' | 'detection'>
>;

/** Recipes for the same chips, so that the PLC has something to choose from; lanes take turns. */
const recipes = [
  { name: 'chips-in-tape', number: 1 },
  // Weighed by what mistakes cost, and with doubtful parts for a person to look at.
  { name: 'chips-in-tape-weighed', number: 2, policy: { costs: { escape: 3, falseReject: 2, review: 1 } } },
  // Smaller pictures for a small disk.
  { name: 'chips-in-tape-thrifty', number: 3, images: { jpegQuality: 75, okEvery: 0 } },
] as const;

const writeRecipe = (folder: string, recipe: (typeof recipes)[number], change: RecipeChange): void =>
  writeFileSync(
    join(folder, `${recipe.name}.toml`),
    stringify({
      format: 2,
      ...recipe,
      product: 'Chip resistors and capacitors in carrier tape',
      model: referencePackage,
      roi: { x: 520, y: 240, width: 240, height: 240 },
      gate: { distanceCounts: 4000, actuatorMs: 40, unsure: 'reject', failSafe: 'reject' },
      interlocks: { consecutive: { rejects: 20 } },
      // Half of the tape's pitch.
      tracking: { leastSpacingCounts: 80 },
      ...change,
    }),
  );

/**
 * Writes the station file and the recipes of the demo line into `folder`: chips in carrier tape, a lane for each of the
 * factory's. Returns the station file's path.
 */
export const writeDemoStation = (
  folder: string,
  { lanes, ports, paths }: Pick<Factory, 'lanes' | 'ports' | 'paths'>,
  apiPort: number,
  { timedBy: gate = 'plc', ...change }: DemoChange = {},
): string => {
  mkdirSync(join(folder, 'recipes'), { recursive: true });
  for (const recipe of recipes) writeRecipe(join(folder, 'recipes'), recipe, change);
  const file = join(folder, 'station.toml');
  const login = { userName: paths.userName, passwordFile: paths.passwordFile };
  writeFileSync(
    file,
    stringify({
      station: 'DEMO',
      dataDir: 'data',
      api: { port: apiPort, localRole: 'quality' },
      lane: lanes.map((lane, index) => ({
        name: `lane-${index + 1}`,
        camera: { kind: 'sim', port: lane.ports.camera },
        recipe: `recipes/${recipes[index % recipes.length]?.name}.toml`,
        plc: { endpoint: `opc.tcp://127.0.0.1:${lane.ports.plc}`, gate, ...login },
      })),
      mes: { endpoint: `opc.tcp://127.0.0.1:${ports.mes}`, jobsMethodId: 'ns=1;s=Mes.Jobs', ...login },
    }),
  );
  return file;
};
