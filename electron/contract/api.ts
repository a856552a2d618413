import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Alarm } from './alarms.ts';
import { type LaneStatus, type LineEvent, losslessWish, type LosslessWish } from './facts.ts';
import type { JobOrder } from './job.ts';
import { type Caller, mayDo } from './roles.ts';
import type { PartRecord } from './record.ts';
import { type VerdictKind, verdictKinds } from './verdict.ts';

/** What the screen shows, several times a second. */
export interface StationStatus {
  station: string;
  /** Wall clock, milliseconds. */
  atMs: number;
  /** `null` while `line` is not connected to `records`. */
  line: { lanes: LaneStatus[]; waitingRecords: number } | null;
  mes: MesStatus;
  /** The order that runs, else the next; `null` without one. */
  job: JobOrder | null;
  deadLetters: number;
  store: { records: number; unreported: number; bytes: number; diskFreeBytes: number };
  /** Newest first; what an operator should know or do. */
  alarms: Alarm[];
}
export interface MesStatus {
  /** `fetches`: it comes for the results by itself. */
  state: 'not-configured' | 'connecting' | 'connected' | 'away' | 'fetches';
  message: string;
  waiting: number;
  acknowledged: number;
  /** What a connected MES has not done for a while, and what it said the last time, in English; `null` while it does. */
  refuses?: { reports?: string | null; orders?: string | null };
}
/**
 * What a person may correct in a report that the MES refused: to which order and lot a part belongs, and its number. What is
 * left out stays as it was corrected before; `null` takes that back, and the report says again what the record says.
 */
export const correction = z.object({
  order: z.string().min(1).max(64).nullable().optional(),
  lot: z.string().min(1).max(64).nullable().optional(),
  partId: z.int().nonnegative().nullable().optional(),
});
export type Correction = z.infer<typeof correction>;
/** A report that the MES refused for good, and what was corrected in it so far. */
export interface DeadLetter extends Pick<PartRecord, 'station' | 'lane' | 'sequence' | 'partId' | 'verdict' | 'order' | 'lot'> {
  /** What the MES said the last time. */
  why: string;
  atMs: number;
  correction: Correction;
}
/** A record as the screen lists it; when `hasPicture`, its picture is at `/pictures/<lane>/<sequence>.jpg`, small under `/thumbnails`. */
export interface PartSummary
  extends Pick<PartRecord, 'lane' | 'sequence' | 'partId' | 'verdict' | 'reason' | 'confidence' | 'decidedAtMs' | 'reject'> {
  hasPicture: boolean;
  /** That picture is a PNG, every pixel as the camera gave it. */
  isLossless: boolean;
}
/** One minute of production. */
export interface TrendPoint {
  minuteMs: number;
  ok: number;
  nok: number;
  unsure: number;
  error: number;
}
/** Defects of the last hours, most frequent first. */
export interface ParetoBar {
  reason: string;
  count: number;
}

export type Counts = Record<VerdictKind, number>;
/** Production in one span of time. */
export interface ProductionPoint extends Counts {
  fromMs: number;
}
/** What made the parts that a question is about; what is left out does not matter. */
export interface MadeBy {
  order?: string | undefined;
  model?: string | undefined;
  modelVersion?: string | undefined;
  recipe?: string | undefined;
}
/** What one order or one version of a model has made; the other names are `null`, and `order` too for parts without one. */
export interface ProductionShare {
  order: string | null;
  model: string | null;
  modelVersion: string | null;
  counts: Counts;
}
/** Parts, newest first; `next` is what to give as `before` for the page after this one, `null` at the end. */
export interface PartsPage {
  parts: PartSummary[];
  next: number | null;
}

/** What was decided since the last challenge that went well, all of it counted; `challenge` is `null` when there was none. */
export interface SinceChallenge extends PartsPage {
  challenge: { sequence: number; atMs: number } | null;
  counts: Counts;
}

/** What `records` provides behind the door; the handlers below only pass on. */
export interface Door {
  status(): StationStatus;
  /** Yields at every change worth showing, at most ten times a second, until `signal` aborts. */
  watchStatus(signal: AbortSignal): AsyncIterable<StationStatus>;
  recentParts(query: { lane: string; verdicts: VerdictKind[]; limit: number }): PartSummary[];
  part(query: { lane: string; sequence: number }): PartRecord | null;
  trend(query: { lane: string; minutes: number }): TrendPoint[];
  pareto(query: { lane: string; hours: number }): ParetoBar[];
  parts(query: PartsQuery): PartsPage;
  production(query: ProductionQuery): ProductionPoint[];
  counts(query: PeriodQuery): Counts;
  defects(query: PeriodQuery): ParetoBar[];
  /** Most parts first. */
  shares(query: SharesQuery): ProductionShare[];
  sinceChallenge(query: SinceChallengeQuery): SinceChallenge;
  /** Newest first. */
  events(query: { lane: string; limit: number }): LineEvent[];
  deadLetters(): DeadLetter[];
  /** `false`: it is no dead letter any more. */
  resend(letter: Resend, by: Caller['role']): boolean;
  /** How the challenge with this part went; `false`: there is no such part on record. What is said last of a part counts. */
  noteChallenge(challenge: ChallengeResult, by: Caller['role']): boolean;
  /** `false`: the inspection is not connected, nothing was reset. */
  resetInterlocks(lane: string, by: Caller['role']): boolean;
  /** The next pictures of a lane are kept without loss; `false`: the inspection is not connected. What is asked last counts. */
  keepLossless(wish: LosslessWish): boolean;
  /** Has started now what is in safe mode. */
  startAgain(): void;
  /** Results for an MES that fetches them, oldest first; they come again until they are acknowledged. */
  results(query: { limit: number }): OfferedResult[];
  acknowledgeResults(ids: readonly string[]): void;
}
/** A result that is offered: its id (`station/lane/sequence`) and the record. */
export interface OfferedResult {
  id: string;
  json: string;
}

// `isDev` would put our stack traces into every refusal.
const t = initTRPC.context<{ door: Door; caller: Caller }>().create({ isDev: false });
const lane = z.string().max(64);

const need = (role: Caller['role'], what: Parameters<typeof mayDo>[1]): void => {
  if (!mayDo(role, what)) throw new TRPCError({ code: 'FORBIDDEN', message: `The role ${role} may not do this.` });
};

const verdicts = z.array(z.enum(verdictKinds)).min(1);
const sequence = z.int().positive();
/** Up to the year 2100: a question goes through the months between. */
const timeMs = z.int().min(0).max(4_102_444_800_000);
const name = z.string().max(128).optional();

/** Which parts: all conditions together. `toMs` is not included, nor are `after` and `before` (sequences). */
const partsQuery = z.object({
  lane,
  fromMs: timeMs.optional(),
  toMs: timeMs.optional(),
  verdicts: verdicts.optional(),
  /** Reasons of parts that are not `ok`: defects, `low-confidence`, faults. Then `verdicts` says nothing. */
  classes: z.array(z.string().max(64)).max(32).optional(),
  order: name,
  model: name,
  recipe: name,
  after: z.int().nonnegative().optional(),
  before: sequence.optional(),
  limit: z.int().min(1).max(200),
});
export type PartsQuery = z.infer<typeof partsQuery>;

/** Of the parts since the last good challenge a page: those of `verdicts`, before the sequence `before`. */
const sinceChallengeQuery = partsQuery.pick({ lane: true, verdicts: true, before: true }).extend({
  limit: z.int().min(1).max(200).default(50),
});
export type SinceChallengeQuery = z.infer<typeof sinceChallengeQuery>;

/** Which dead letter goes again; `station` where it is of a former name of ours. */
const resend = z.object({ station: z.string().max(64).optional(), lane, sequence, correction });
export type Resend = z.infer<typeof resend>;

/** A known part went through the real gate: whether it went where it belongs. */
const challengeResult = z.object({ lane, sequence, passed: z.boolean() });
export type ChallengeResult = z.infer<typeof challengeResult>;

const period = { lane, fromMs: timeMs, toMs: timeMs, order: name, model: name, modelVersion: name, recipe: name };
const periodQuery = z.object(period);
export type PeriodQuery = z.infer<typeof periodQuery>;
const sharesQuery = z.object({ ...period, by: z.enum(['order', 'model']) });
export type SharesQuery = z.infer<typeof sharesQuery>;

/** A day has 1440 minutes; more points than this nobody can look at. */
const mostPoints = 3000;
const leastMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000, month: 28 * 86_400_000 };
const productionQuery = z
  .object({ ...period, span: z.enum(['minute', 'hour', 'day', 'month']) })
  .refine(({ fromMs, toMs, span }) => (toMs - fromMs) / leastMs[span] <= mostPoints, 'too many points: ask for longer spans');
export type ProductionQuery = z.infer<typeof productionQuery>;

/** The one typed door, served over HTTP and WebSocket at `/api`. Reading needs no more than the role `viewer`. */
export const apiRouter = t.router({
  status: t.procedure.query(({ ctx }) => ctx.door.status()),
  watchStatus: t.procedure.subscription(async function* ({ ctx, signal }) {
    yield* ctx.door.watchStatus(signal ?? new AbortController().signal);
  }),
  recentParts: t.procedure
    .input(z.object({ lane, verdicts, limit: z.int().min(1).max(200) }))
    .query(({ ctx, input }) => ctx.door.recentParts(input)),
  part: t.procedure.input(z.object({ lane, sequence })).query(({ ctx, input }) => ctx.door.part(input)),
  trend: t.procedure
    .input(z.object({ lane, minutes: z.int().min(1).max(1440) }))
    .query(({ ctx, input }) => ctx.door.trend(input)),
  pareto: t.procedure.input(z.object({ lane, hours: z.int().min(1).max(168) })).query(({ ctx, input }) => ctx.door.pareto(input)),
  whoAmI: t.procedure.query(({ ctx }) => ctx.caller),
  deadLetters: t.procedure.query(({ ctx }) => ctx.door.deadLetters()),
  resend: t.procedure.input(resend).mutation(({ ctx, input }) => {
    need(ctx.caller.role, Object.keys(input.correction).length > 0 ? 'correct' : 'resend');
    return ctx.door.resend(input, ctx.caller.role);
  }),
  noteChallenge: t.procedure.input(challengeResult).mutation(({ ctx, input }) => {
    need(ctx.caller.role, 'challenge');
    return ctx.door.noteChallenge(input, ctx.caller.role);
  }),
  keepLossless: t.procedure.input(losslessWish).mutation(({ ctx, input }) => {
    need(ctx.caller.role, 'keepLossless');
    return ctx.door.keepLossless(input);
  }),
  resetInterlocks: t.procedure.input(z.object({ lane })).mutation(({ ctx, input }) => {
    need(ctx.caller.role, 'resetInterlocks');
    return ctx.door.resetInterlocks(input.lane, ctx.caller.role);
  }),
  startAgain: t.procedure.mutation(({ ctx }) => {
    need(ctx.caller.role, 'startAgain');
    ctx.door.startAgain();
  }),
  results: t.procedure.input(z.object({ limit: z.int().min(1).max(1000) })).query(({ ctx, input }) => ctx.door.results(input)),
  acknowledgeResults: t.procedure.input(z.object({ ids: z.array(z.string().max(160)).max(1000) })).mutation(({ ctx, input }) => {
    need(ctx.caller.role, 'acknowledge');
    ctx.door.acknowledgeResults(input.ids);
  }),
  parts: t.procedure.input(partsQuery).query(({ ctx, input }) => ctx.door.parts(input)),
  production: t.procedure.input(productionQuery).query(({ ctx, input }) => ctx.door.production(input)),
  counts: t.procedure.input(periodQuery).query(({ ctx, input }) => ctx.door.counts(input)),
  defects: t.procedure.input(periodQuery).query(({ ctx, input }) => ctx.door.defects(input)),
  shares: t.procedure.input(sharesQuery).query(({ ctx, input }) => ctx.door.shares(input)),
  sinceChallenge: t.procedure.input(sinceChallengeQuery).query(({ ctx, input }) => ctx.door.sinceChallenge(input)),
  events: t.procedure.input(z.object({ lane, limit: z.int().min(1).max(200) })).query(({ ctx, input }) => ctx.door.events(input)),
});
export type ApiRouter = typeof apiRouter;

/**
 * A message on the WebSocket `/preview/<lane>`: four bytes length (big endian), that many bytes of JSON
 * ({@link PreviewHeader}), then the JPEG of the whole frame.
 */
export interface PreviewHeader {
  frameSequence: number;
  width: number;
  height: number;
  verdict: { kind: string; reason: string; confidence: number; partId: number } | null;
  /** Region of interest, pixels of the full frame. */
  roi: { x: number; y: number; width: number; height: number };
  frameSize: { width: number; height: number };
}
