import { describe, expect, it } from 'vitest';
import { run } from './run.mjs';

describe('run', () => {
  it('gives every line that the program prints', async () => {
    const lines: string[] = [];
    await run('sh', ['-c', 'echo one; echo two >&2'], { onLine: (line) => lines.push(line) });
    expect(lines.toSorted()).toEqual(['one', 'two']);
  });
  it('rejects with the exit code and the last words', async () => {
    await expect(run('sh', ['-c', 'echo no such header; exit 3'])).rejects.toThrow('sh ended with exit code 3.\nno such header');
  });
  it('rejects when there is no such program', async () => {
    await expect(run('no-such-program-here', [])).rejects.toThrow('cannot be started');
  });
});
