import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEcho } from './echo.ts';

describe('the echo of a command', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('acknowledges the command that is waited for, and no other', async () => {
    const echo = openEcho();
    const { answer } = echo.wait(5);
    echo.hear(4);
    echo.hear(5);
    expect(await answer).toBe('acknowledged');
  });

  it('that does not come in time leaves nobody knowing', async () => {
    const echo = openEcho();
    const { answer } = echo.wait(5);
    echo.hear(4);
    vi.advanceTimersByTime(250);
    expect(await answer).toBe('not-connected');
    // Too late for this one, and not for the next.
    echo.hear(5);
    const next = echo.wait(6);
    echo.hear(6);
    expect(await next.answer).toBe('acknowledged');
  });

  it('is not waited for when the write has failed', async () => {
    const { answer, giveUp } = openEcho().wait(5);
    giveUp('refused');
    expect(await answer).toBe('refused');
  });
});
