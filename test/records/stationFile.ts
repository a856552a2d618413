import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from './store.ts';

/** A station file of one lane, whose data folder is `data` beside it; `more` of it before the lane. */
export const aStationFile = (more = ''): { folder: string; file: string } => {
  const folder = aFolder();
  const file = join(folder, 'station.toml');
  writeFileSync(
    file,
    `station = "test"\ndataDir = "data"\n${more}[[lane]]\nname = "lane-1"\nrecipe = "none.toml"
camera = { kind = "sim", port = 1 }\nplc = { endpoint = "opc.tcp://127.0.0.1:1" }\n`,
  );
  return { folder, file };
};
