import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';

type Setup = Pick<PartRecord, 'model' | 'modelVersion' | 'modelSha8' | 'provider' | 'recipe' | 'order' | 'lot'>;
type Columns = [
  model: string,
  modelVersion: string,
  modelSha8: string,
  provider: string | null,
  recipe: string,
  order: string | null,
  lot: string | null,
];

/** The number of the set-up that decided a record; a new one is written outside any transaction. */
export const openSetups = (database: Database): ((record: Setup) => number) => {
  const find = database
    .prepare<Columns, number>(
      `SELECT id FROM setups WHERE model = ? AND model_version = ? AND model_sha8 = ? AND provider IS ? AND recipe = ?
        AND job_order IS ? AND lot IS ?`,
    )
    .pluck();
  const add = database.prepare<Columns>(
    'INSERT INTO setups (model, model_version, model_sha8, provider, recipe, job_order, lot) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const known = new Map<string, number>();
  return (record) => {
    const { model, modelVersion, modelSha8, provider, recipe, order, lot } = record;
    const columns: Columns = [model, modelVersion, modelSha8, provider, recipe, order, lot];
    const key = columns.join('\n');
    const id = known.get(key) ?? find.get(...columns) ?? Number(add.run(...columns).lastInsertRowid);
    known.set(key, id);
    return id;
  };
};
