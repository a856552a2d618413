/**
 * Loaded into every process of a station before anything else (`NODE_OPTIONS=--import`): lets the wall clock of `line`, and
 * of nothing else, be as many milliseconds off as the file in `LINEGATE_CLOCK` says. The monotonic clock is left alone.
 */
import { readFileSync } from 'node:fs';

const file = process.env['LINEGATE_CLOCK'];
const isLine = process.argv[1]?.endsWith('line/main.ts') === true;
const lookEveryMs = 20;

if (file !== undefined && isLine) {
  const RealDate = Date;
  let offMs = 0;
  setInterval(() => {
    offMs = Number(readFileSync(file, 'utf8'));
  }, lookEveryMs).unref();
  const now = (): number => RealDate.now() + offMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (_, given: [] | [number]) => (given.length === 0 ? new RealDate(now()) : new RealDate(...given)),
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
