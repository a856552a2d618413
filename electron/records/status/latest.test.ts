import { describe, expect, it } from 'vitest';
import { openLatest } from './latest.ts';

describe('latest', () => {
  it('gives the value at once, then only what is new, and the newest of it', async () => {
    const latest = openLatest('a', 1);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const value of latest.watch(stop.signal)) {
      seen.push(value);
      if (value === 'a') {
        latest.set('b');
        latest.set('c');
      } else if (value === 'c') setTimeout(() => latest.set('d'), 20);
      else stop.abort();
    }
    expect(seen).toEqual(['a', 'c', 'd']);
  });

  it('ends a watcher that waits when it is told to, and no other', async () => {
    const latest = openLatest(1, 0);
    const [first, second] = [new AbortController(), new AbortController()];
    const [one, two] = [latest.watch(first.signal), latest.watch(second.signal)];
    await Promise.all([one.next(), two.next()]);
    const [ending, waiting] = [one.next(), two.next()];
    first.abort();
    expect(await ending).toEqual({ done: true, value: undefined });
    latest.set(2);
    expect(await waiting).toEqual({ done: false, value: 2 });
    second.abort();
    expect((await two.next()).done).toBe(true);
  });

  it('gives nothing to one who has gone before', async () => {
    expect((await openLatest(1, 0).watch(AbortSignal.abort()).next()).done).toBe(true);
  });
});
