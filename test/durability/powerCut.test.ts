import { describe, expect, it } from 'vitest';
import { afterPowerCut, type Fate, promised } from './powerCut.ts';
import { type Call, parseTrace } from './trace.ts';

const hex = (text: string): string => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const at = (line: string): string => `1.000000 ${line}`;

describe('a trace', () => {
  it('tells what was written, flushed and said, in order', () => {
    const db = hex('/d/db');
    const calls = parseTrace(
      [
        at(`openat(AT_FDCWD<${hex('/')}>, "${db}", O_RDWR|O_CREAT, 0644) = 5<${db}>`),
        at(`pwrite64(5<${db}>, "${hex('abc')}", 3, 4096) = 3`),
        at(`write(5<${db}>, "${hex('xy')}", 2) = 2`),
        at(`fdatasync(5<${db}>) = -1 EIO (Input/output error) (INJECTED)`),
        at(`write(1<${hex('/dev/null')}>, "${hex('kept 3\n')}", 7) = 7`),
        at(`write(9<${hex('/elsewhere')}>, "${hex('no')}", 2) = 2`),
      ].join('\n'),
      '/d',
    );
    expect(calls).toEqual([
      { do: 'create', file: '/d/db' },
      { do: 'write', file: '/d/db', at: 4096, bytes: Buffer.from('abc') },
      { do: 'write', file: '/d/db', at: 0, bytes: Buffer.from('xy') },
      { do: 'sync', file: '/d/db', isDone: false, atMs: 1000 },
      { do: 'said', text: 'kept 3', atMs: 1000 },
    ]);
  });
});

describe('a power cut', () => {
  const write = (text: string, offset: number): Call => ({ do: 'write', file: 'f', at: offset, bytes: Buffer.from(text) });
  const sync = (isDone: boolean): Call => ({ do: 'sync', file: 'f', isDone, atMs: 0 });
  const lies = (calls: Call[], fate: Fate): string | undefined =>
    afterPowerCut(calls, calls.length, () => fate)
      .get('f')
      ?.toString();

  it('leaves what was flushed, and of the rest what fate leaves', () => {
    const calls = [write('aa', 0), sync(true), write('bb', 1)];
    expect([lies(calls, 'there'), lies(calls, 'gone')]).toEqual(['abb', 'aa']);
    expect(lies([write('x'.repeat(2048), 0)], 'torn')).toBe('x'.repeat(1024));
  });

  it('does not bring back what a failed flush lost, though a later one succeeds', () => {
    expect(lies([write('aa', 0), sync(false), write('b', 2), sync(true)], 'gone')).toBe('\0\0b');
  });

  it('knows what had been promised', () => {
    const calls: Call[] = [{ do: 'said', text: 'kept 3', atMs: 0 }, sync(true), { do: 'said', text: 'fault io', atMs: 0 }];
    expect([promised(calls, 0), promised(calls, 3)]).toEqual([0, 3]);
  });
});
