import { SingleBar } from 'cli-progress';

/** Shows a person how far something is, on standard error; silent where nobody watches (no terminal). */
export interface Progress {
  at(done: number): void;
  done(): void;
}

/** `total` `null`: how much there is, is not known, and the bar counts without an end. */
export const openProgress = (what: string, total: number | null): Progress => {
  if (!process.stderr.isTTY) return { at: () => undefined, done: () => undefined };
  const format = total === null ? `${what} {value}` : `${what} {bar} {value}/{total}, {eta_formatted} left`;
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stderr });
  bar.start(total ?? 0, 0);
  return { at: (done) => bar.update(done), done: () => bar.stop() };
};
