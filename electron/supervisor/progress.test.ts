import { describe, expect, it } from 'vitest';
import { cpuMsOf, openProgress } from './progress.ts';

describe('progress of a start', () => {
  it('is processor time that grows, not time that goes by', () => {
    let [nowMs, usedMs] = [1000, 0];
    const hasProgress = openProgress(
      () => nowMs,
      () => usedMs,
    );
    const after = (ms: number, workMs: number): boolean => {
      nowMs += ms;
      usedMs += workMs;
      return hasProgress(0);
    };
    expect(after(500, 120)).toBe(true);
    expect(after(10_000, 30)).toBe(false);
    expect(after(10_000, 80)).toBe(true);
    expect(after(100, 500)).toBe(false);
    expect(after(500, 0)).toBe(true);
  });

  it('counts anew for a process that was started again', () => {
    let nowMs = 1000;
    const hasProgress = openProgress(
      () => nowMs,
      () => 150,
    );
    expect(hasProgress(0)).toBe(true);
    nowMs += 1000;
    expect(hasProgress(0)).toBe(false);
    nowMs += 1000;
    expect(hasProgress(900)).toBe(true);
  });

  it('is read from the kernel', () => {
    expect(cpuMsOf(process.pid)).toBeGreaterThan(0);
    expect(cpuMsOf(undefined)).toBeNull();
  });
});
