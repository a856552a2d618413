import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { liveLine, plainLine, showProgress } from './progress.mjs';

describe('liveLine', () => {
  it('shows bar, percent, time and what is being done', () => {
    expect(liveLine('Binding', { fraction: 0.5, what: 'Mat.cc' }, 12_400, 120)).toBe(
      `  Binding  ${'█'.repeat(12)}${'░'.repeat(12)}  50 %  12 s  Mat.cc`,
    );
  });
  it('never claims a percentage that nobody knows', () => {
    expect(liveLine('Binding', { fraction: null, what: '' }, 900, 120)).toBe('  Binding  …  0.9 s');
  });
  it('stays in one line of the terminal', () => {
    expect(liveLine('Binding', { fraction: 0.1, what: 'x'.repeat(200) }, 0, 60)).toHaveLength(60);
  });
});

describe('plainLine', () => {
  it('says the same in a log file', () => {
    expect(plainLine('Binding', { fraction: 0.42, what: 'Mat.cc' }, 20_000)).toBe('  Binding: 42 %, 20 s (Mat.cc)');
    expect(plainLine('Binding', { fraction: null, what: '' }, 20_000)).toBe('  Binding: 20 s');
  });
});

describe('showProgress', () => {
  const sink = () => {
    const stream = new PassThrough();
    let said = '';
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { stream: stream as unknown as NodeJS.WriteStream, said: () => said };
  };
  it('gives what the work gives and says that it is done', async () => {
    const { stream, said } = sink();
    await expect(showProgress('Work', () => Promise.resolve(7), stream)).resolves.toBe(7);
    expect(said()).toMatch(/^ {2}Work …\n {2}Work: done in [\d.]+ s\n$/);
  });
  it('passes the error on and says that it failed', async () => {
    const { stream, said } = sink();
    await expect(showProgress('Work', () => Promise.reject(new Error('no disk')), stream)).rejects.toThrow('no disk');
    expect(said()).toContain('Work: failed after');
  });
});
