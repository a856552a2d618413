import type { GateEnd } from '../contract/facts.ts';

/** Ends of gate commands that are not on disk, by lane; no more than there are records, whose queue is bounded. */
export const openHeldEnds = (lanes: readonly string[]) => {
  const held = new Map<string, Map<number, GateEnd>>(lanes.map((lane) => [lane, new Map()]));
  const all = (): GateEnd[] => [...held.values()].flatMap((ends) => [...ends.values()]);
  const hold = (end: GateEnd): void => void held.get(end.lane)?.set(end.sequence, end);
  return {
    hold,
    /** It is on disk. */
    kept: ({ lane, sequence }: Pick<GateEnd, 'lane' | 'sequence'>): void => void held.get(lane)?.delete(sequence),
    all,
    /** Their parts have other numbers from now on. */
    renumber(numbered: (end: GateEnd) => GateEnd): void {
      const renumbered = all().map(numbered);
      for (const ends of held.values()) ends.clear();
      for (const end of renumbered) hold(end);
    },
    count: (): number => [...held.values()].reduce((sum, { size }) => sum + size, 0),
  };
};
