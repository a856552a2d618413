import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoreEvent } from './events.ts';
import { holdEvents } from './heldEvents.ts';

const anEvent = (atMs: number): StoreEvent => ({ atMs, kind: 'clock-step', lane: null, sequence: null, what: '' });

const aJournal = () => {
  const noted: number[] = [];
  let isOpen = true;
  const note = ({ atMs }: StoreEvent): void => {
    if (!isOpen) throw new Error('the records are not open');
    noted.push(atMs);
  };
  return { noted, note, open: (is: boolean) => (isOpen = is) };
};

describe('held events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are noted at once while the records are open', () => {
    const { noted, note } = aJournal();
    holdEvents(note).add(anEvent(1));
    expect(noted).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are noted in order, once, when the records are open again', () => {
    const { noted, note, open } = aJournal();
    const events = holdEvents(note);
    open(false);
    events.add(anEvent(1));
    events.add(anEvent(2));
    vi.advanceTimersByTime(60_000);
    open(true);
    vi.advanceTimersByTime(2000);
    events.add(anEvent(3));
    expect(noted).toEqual([1, 2, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are no more than can be held, the newest of them', () => {
    const { noted, note, open } = aJournal();
    const events = holdEvents(note);
    open(false);
    for (let atMs = 1; atMs <= 1000; atMs++) events.add(anEvent(atMs));
    open(true);
    events.close();
    expect(noted).toEqual(Array.from({ length: 100 }, (_, index) => 901 + index));
  });

  it('end with their owner, whatever the disk says', () => {
    const { note, open } = aJournal();
    const events = holdEvents(note);
    open(false);
    events.add(anEvent(1));
    events.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
