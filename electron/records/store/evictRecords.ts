import type { Database } from './database.ts';
import { pageBytes } from './database.ts';
import { evictAbove, evictTo } from './quota.ts';

/** Records that leave in one transaction: some 20 ms. */
const atOnce = 2000;
/** Good parts of a lane that are looked at in one go, whether they may leave or not: some 5 ms. */
const atOneLook = 10_000;
/** Beyond every sequence. */
const end = Number.MAX_SAFE_INTEGER;

/** How full the file is: pages that hold something, and what it may grow to. */
export interface Fullness {
  usedBytes: number;
  mostBytes: number;
}

/** Makes room in the store by the keeping rule. */
export interface Eviction {
  fullness(): Fullness;
  /**
   * When the file is nearly full, lets go a piece of the oldest records of good parts whose reports are done, or never were:
   * a record stays while its report waits for the MES, or is a dead letter for a person to see. Takes some milliseconds,
   * whatever waits; `false` when there is nothing to do, or nothing that may go. Records of `nok`, `unsure` and `error`,
   * reports, gaps, events and roll-ups stay.
   */
  step(): boolean;
}

/** Prepares the statements of the eviction. */
export const prepareEviction = (database: Database): Eviction => {
  const pragma = (name: string): number => Number(database.pragma(name, { simple: true }));
  const fullness = (): Fullness => ({
    usedBytes: (pragma('page_count') - pragma('freelist_count')) * pageBytes,
    mostBytes: pragma('max_page_count') * pageBytes,
  });
  const { removeSome, startOver } = prepareRemoval(database);

  let isEvicting = false;
  return {
    fullness,
    step() {
      const { usedBytes, mostBytes } = fullness();
      isEvicting = usedBytes > mostBytes * (isEvicting ? evictTo : evictAbove);
      if (isEvicting) isEvicting = removeSome();
      else startOver();
      return isEvicting;
    },
  };
};

/** The good parts of a lane, in order. */
const good = "FROM records r INDEXED BY records_by_verdict WHERE r.lane_id = @id AND r.verdict = 'ok'";

/** The statements that look for what may go; each is one walk along an index, as long as its limit. */
export const evictionSql = {
  oldest: `SELECT r.lane_id AS id, r.sequence, r.decided_at_ms AS atMs ${good} AND r.sequence > @after ORDER BY r.sequence LIMIT 1`,
  lastOfLook: `SELECT r.sequence ${good} AND r.sequence >= @first ORDER BY r.sequence LIMIT 1 OFFSET ${atOneLook - 1}`,
  firstWaiting: 'SELECT sequence FROM reports WHERE lane_id = @id ORDER BY sequence LIMIT 1',
  remove: `DELETE FROM records WHERE lane_id = @id AND sequence IN (
    SELECT r.sequence ${good} AND r.sequence BETWEEN @first AND @last
      AND NOT EXISTS (SELECT 1 FROM reports q WHERE q.lane_id = @id AND q.sequence = r.sequence)
      AND NOT EXISTS (SELECT 1 FROM dead_letters d WHERE d.lane_id = @id AND d.sequence = r.sequence)
    ORDER BY r.sequence LIMIT ${atOnce}) RETURNING sequence`,
} as const;

/** How far a lane was looked through: what is left up to `upTo` has to stay. */
interface Look {
  upTo: number;
  /** The first report that waited then. */
  waiting: number;
  /** All was looked at once without finding more, so there is no hurry. */
  isAgain: boolean;
}
/** A good part, the next of its lane to be looked at. */
type Next = { id: number; sequence: number; atMs: number };
type Piece = { id: number; first: number; last: number };

/**
 * Removes the oldest that may go, a look at a time. How far the looks have come is remembered, so that what has to stay, of
 * a day without the MES or of an MES that was taken away, is passed over once and not with every step.
 */
const prepareRemoval = (database: Database) => {
  const lanes = database.prepare<[], number>('SELECT id FROM lanes').pluck();
  const oldest = database.prepare<[{ id: number; after: number }], Next>(evictionSql.oldest);
  const lastOfLook = database.prepare<[Omit<Piece, 'last'>], number>(evictionSql.lastOfLook).pluck();
  const firstWaiting = database.prepare<[{ id: number }], number>(evictionSql.firstWaiting).pluck();
  const remove = database.prepare<[Piece], number>(evictionSql.remove).pluck();
  const note = database.prepare<[number, number, number]>(
    'UPDATE lanes SET evicted = evicted + ?, evicted_to = max(evicted_to, ?) WHERE id = ?',
  );
  const looks = new Map<number, Look>();

  const lookOf = (id: number): Look => {
    const { upTo, waiting, isAgain } = looks.get(id) ?? { upTo: 0, waiting: end, isAgain: false };
    const now = firstWaiting.get({ id }) ?? end;
    // What waited there is done: it is older than all behind it.
    if (now > waiting && upTo >= waiting) return { upTo: waiting - 1, waiting: now, isAgain: false };
    return { upTo, waiting: now, isAgain };
  };
  /** Behind the end of a lane it begins anew. */
  const nextOf = (id: number): Next | undefined => {
    const look = lookOf(id);
    const found = oldest.get({ id, after: look.upTo }) ?? oldest.get({ id, after: 0 });
    const isAnew = found !== undefined && found.sequence <= look.upTo;
    looks.set(id, isAnew ? { ...look, isAgain: true } : look);
    return found;
  };
  const removeFrom = database.transaction((piece: Piece): number[] => {
    const gone = remove.all(piece);
    if (gone.length > 0) note.run(gone.length, Math.max(...gone), piece.id);
    return gone;
  });
  /** Whether it was of use, or something is left that was not looked at. */
  const lookOn = ({ id, sequence }: Next): boolean => {
    const last = lastOfLook.get({ id, first: sequence }) ?? end;
    const gone = removeFrom.immediate({ id, first: sequence, last });
    const { waiting, isAgain } = looks.get(id) ?? lookOf(id);
    const isInVain = isAgain && gone.length === 0;
    looks.set(id, { upTo: gone.length < atOnce ? last : Math.max(...gone), waiting, isAgain: isInVain });
    return !isInVain;
  };
  return {
    /** `false` when nothing may go, as far as is known. */
    removeSome(): boolean {
      const next = lanes.all().flatMap((id) => nextOf(id) ?? []);
      return next.toSorted((a, b) => a.atMs - b.atMs).some(lookOn);
    },
    /** There is room again: the next that go are the oldest of all. */
    startOver: () => looks.clear(),
  };
};
