import { describe, expect, it } from 'vitest';
import { firstAndLast, run } from './run.mjs';

describe('run', () => {
  it('gives every line that the program prints', async () => {
    const lines: string[] = [];
    await run('sh', ['-c', 'echo one; echo two >&2'], { onLine: (line) => void lines.push(line) });
    expect(lines.toSorted()).toEqual(['one', 'two']);
  });
  it('rejects with the exit code and the last words', async () => {
    await expect(run('sh', ['-c', 'echo no such header; exit 3'])).rejects.toThrow('sh ended with exit code 3.\nno such header');
  });
  it('rejects when there is no such program', async () => {
    await expect(run('no-such-program-here', [])).rejects.toThrow('cannot be started');
  });
});

describe('firstAndLast', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  it('leaves out the middle of a long output, not where it begins and ends', () => {
    const kept = firstAndLast(lines).split('\n');
    expect(kept).toHaveLength(41);
    expect([kept[0], kept[15], kept.at(-1)]).toEqual(['line 0', '…', 'line 99']);
  });
  it('keeps a short one', () => {
    expect(firstAndLast(['a', 'b'])).toBe('a\nb');
  });
});
