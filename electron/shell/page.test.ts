import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPage, type PageSign, planPage, seen, signIn } from './page.ts';

describe('planPage', () => {
  it('lets a page be that lives and shows something', () => {
    const page = seen(newPage(0), 'shown', 5000);
    expect(planPage(page, 5900).do).toBe('nothing');
  });

  it('loads again what has ended or is blank, and makes anew what hangs', () => {
    expect(planPage({ ...newPage(0), isGone: true }, 10)).toMatchObject({ do: 'reload' });
    expect(planPage(seen(seen(newPage(0), 'blank', 100), 'blank', 701), 701)).toMatchObject({ do: 'reload' });
    expect(planPage(seen(newPage(0), 'shown', 100), 1101)).toMatchObject({ do: 'recreate' });
  });

  it('makes a window anew when loading has not helped, a little later', () => {
    const second = { ...newPage(0, 1), isGone: true };
    expect(planPage(second, 10).do).toBe('nothing');
    expect(planPage(second, 400).do).toBe('recreate');
  });

  it('takes a page that loads neither for blank nor for hung', () => {
    let page = newPage(0);
    for (let nowMs = 0; nowMs <= 9000; nowMs += 200) page = seen(page, 'loading', nowMs);
    expect(planPage(page, 9000).do).toBe('nothing');
    expect(planPage(seen(page, 'loading', 10_001), 10_001).do).toBe('reload');
  });

  it('waits for ever for a station that is away, and for a page that nobody sees', () => {
    let page = newPage(0);
    for (let nowMs = 0; nowMs <= 90_000; nowMs += 200) page = seen(page, 'waiting', nowMs);
    expect(planPage(page, 90_000).do).toBe('nothing');
    expect(planPage(seen(newPage(0), 'hidden', 10), 1e9).do).toBe('nothing');
  });

  it('forgets failures when a page has shown something for a while', () => {
    expect(seen(newPage(0, 3), 'shown', 9000).failures).toBe(3);
    expect(seen(newPage(0, 3), 'shown', 10_001).failures).toBe(0);
  });

  it('never disturbs a page that has just shown something', () => {
    const anySign = fc.constantFrom<PageSign>('shown', 'blank', 'hidden', 'loading', 'waiting');
    fc.assert(
      fc.property(fc.array(anySign), fc.nat(5), (before, failures) => {
        let page = newPage(0, failures);
        let nowMs = 0;
        for (const sign of [...before, 'shown' as const]) page = seen(page, sign, (nowMs += 200));
        expect(planPage(page, nowMs).do).toBe('nothing');
      }),
    );
  });

  it('never leaves a page for long that shows nothing, whatever it tells', () => {
    fc.assert(
      fc.property(fc.option(fc.constantFrom<PageSign>('blank', 'loading')), fc.nat(8), (sign, failures) => {
        let page = newPage(0, failures);
        if (sign !== null) for (let nowMs = 0; nowMs <= 31_000; nowMs += 200) page = seen(page, sign, nowMs);
        expect(planPage(page, 31_001).do).not.toBe('nothing');
      }),
    );
  });
});

describe('signIn', () => {
  const home = new URL('http://127.0.0.1:8600/');
  it.each([
    ['http://127.0.0.1:8600/alive/shown', 'shown'],
    ['http://127.0.0.1:8600/alive/blank', 'blank'],
    ['http://127.0.0.1:8600/alive/waiting', null],
    ['http://127.0.0.1:8601/alive/shown', null],
    ['http://127.0.0.1:8600/healthz', null],
    ['', null],
  ])('reads %s', (url, sign) => expect(signIn(url, home)).toBe(sign));
});
