import { z } from 'zod';
import type { VerdictKind } from './verdict.ts';

const name = z.string().min(1).max(64);

/**
 * What the MES may ask of a job order (ISA-95 job control, OPC 10031-4). `number` grows by one a command: a second copy is
 * answered as the first was, and done once.
 */
export const jobCommand = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('store'),
    number: z.int().positive(),
    order: name,
    lot: name,
    product: z.string().max(128),
    /** Good parts that are wanted. */
    quantity: z.int().positive(),
  }),
  z.object({ command: z.enum(['start', 'stop', 'abort']), number: z.int().positive(), order: name }),
]);
export type JobCommand = z.infer<typeof jobCommand>;

/** States of a job order, as OPC 10031-4 names them. Nothing leads out of the last two. */
export type JobState = 'allowed-to-start' | 'running' | 'ended' | 'aborted';

/** What became of a command. */
export type JobStatus = 'done' | 'unknown-order' | 'known-already' | 'not-in-this-state' | 'another-runs';
/** What a command is told; `not-understood`: it is none, and why. */
export type JobAnswer = { number: number; status: JobStatus } | { number: number; status: 'not-understood'; why: string };

/** An order, and what was made of it so far. Times are wall clock, milliseconds. */
export interface JobOrder {
  order: string;
  lot: string;
  product: string;
  quantity: number;
  state: JobState;
  counts: Record<VerdictKind, number>;
  startedAtMs: number | null;
  endedAtMs: number | null;
}

/** What the MES hears from us: what became of its commands, and the job responses. */
export interface JobNews {
  answers: JobAnswer[];
  responses: JobOrder[];
}

/** Which command leads from which state where. */
const transitions = {
  start: { 'allowed-to-start': 'running' },
  stop: { running: 'ended' },
  abort: { 'allowed-to-start': 'aborted', running: 'aborted' },
} as const satisfies Record<Exclude<JobCommand['command'], 'store'>, Partial<Record<JobState, JobState>>>;

/**
 * What a command does to the order it names: its new state, or why it is refused. Pure.
 *
 * @param state The order's state, `null` when it is not known.
 * @param running The order that runs, if any: one at a time, so that every record has one order at most.
 */
export const onJobCommand = (
  command: JobCommand['command'],
  state: JobState | null,
  running: string | null,
): { status: 'done'; state: JobState } | { status: Exclude<JobStatus, 'done'> } => {
  if (command === 'store') return state === null ? { status: 'done', state: 'allowed-to-start' } : { status: 'known-already' };
  if (state === null) return { status: 'unknown-order' };
  const next = (transitions[command] as Partial<Record<JobState, JobState>>)[state];
  if (next === undefined) return { status: 'not-in-this-state' };
  if (next === 'running' && running !== null) return { status: 'another-runs' };
  return { status: 'done', state: next };
};
