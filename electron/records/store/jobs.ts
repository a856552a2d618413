import { type JobCommand, type JobOrder, type JobStatus, onJobCommand } from '../../contract/job.ts';
import type { PartRecord } from '../../contract/record.ts';
import type { Database } from './database.ts';

type Row = Omit<JobOrder, 'counts'> & JobOrder['counts'];

const columns = `job_order AS "order", lot, product, quantity, state, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
  ok, nok, unsure, error`;

/** Commands whose answers are remembered; the MES numbers them one by one. */
const mostAnswers = 1000;

/** The job orders of the MES. */
export interface Jobs {
  /** Does a command, or says why not; on disk when it returns. A second copy of one that was answered is answered the same. */
  apply(command: JobCommand, nowMs: number): JobStatus;
  /** The order that runs, else the next that may start, `null` when there is none. */
  current(): JobOrder | null;
  /** Job responses that the MES has not had: the order that runs, and those that have ended. */
  toTell(): JobOrder[];
  /** The MES has them. */
  told(responses: readonly JobOrder[]): void;
  /** The record with the order that runs and its lot. */
  stamp(record: PartRecord): PartRecord;
  /** Counts a kept record for its order; within the transaction that keeps it. */
  count(record: PartRecord): void;
}

const fromRow = ({ ok, nok, unsure, error, ...job }: Row): JobOrder => ({ ...job, counts: { ok, nok, unsure, error } });

/** Prepares the statements of the job orders. */
export const openJobs = (database: Database): Jobs => {
  const find = database.prepare<[string], Row>(`SELECT ${columns} FROM jobs WHERE job_order = ?`);
  const findRunning = database.prepare<[], Row>(`SELECT ${columns} FROM jobs WHERE state = 'running'`);
  const findNext = database.prepare<[], Row>(`SELECT ${columns} FROM jobs WHERE state = 'allowed-to-start' ORDER BY id LIMIT 1`);
  const untold = database.prepare<[], Row>(
    `SELECT ${columns} FROM jobs WHERE state = 'running' OR (state IN ('ended', 'aborted') AND told = 0) ORDER BY id`,
  );
  const tell = database.prepare<[string]>("UPDATE jobs SET told = 1 WHERE job_order = ? AND state IN ('ended', 'aborted')");
  const addUp = database.prepare<[PartRecord & { order: string }]>(`
    UPDATE jobs SET ok = ok + (@verdict = 'ok'), nok = nok + (@verdict = 'nok'), unsure = unsure + (@verdict = 'unsure'),
      error = error + (@verdict = 'error') WHERE job_order = @order`);
  const apply = prepareApply(database, (order) => find.get(order) ?? null);
  let running = findRunning.get() ?? null;

  return {
    apply(command, nowMs) {
      const status = apply.immediate(command, running?.order ?? null, nowMs);
      running = findRunning.get() ?? null;
      return status;
    },
    current() {
      const row = findRunning.get() ?? findNext.get();
      return row === undefined ? null : fromRow(row);
    },
    toTell: () => untold.all().map(fromRow),
    told: database.transaction((responses: readonly JobOrder[]) => {
      for (const { order, state } of responses) if (state === 'ended' || state === 'aborted') tell.run(order);
    }),
    stamp: (record) => (running === null ? record : { ...record, order: running.order, lot: running.lot }),
    count(record) {
      if (record.order !== null) addUp.run({ verdict: record.verdict, order: record.order } as PartRecord & { order: string });
    },
  };
};

/**
 * What is kept in `status`: the answer, and behind a space the command that it was given to. An MES whose counter starts
 * anew gives other commands under numbers that were answered. What older versions kept has no command: it fits any.
 */
const remembered = (status: JobStatus, command: JobCommand): string => `${status} ${fingerprint(command)}`;
const fingerprint = (command: JobCommand): string =>
  JSON.stringify([
    ...[command.command, command.order],
    ...(command.command === 'store' ? [command.lot, command.product, command.quantity] : []),
  ]);
const answerTo = (command: JobCommand, kept: string | undefined): JobStatus | null => {
  const [, status = '', before = ''] = /^(\S+) ?(.*)$/s.exec(kept ?? '') ?? [];
  return status === '' || (before !== '' && before !== fingerprint(command)) ? null : (status as JobStatus);
};

/** One transaction a command: its answer is remembered with what it did. */
const prepareApply = (database: Database, find: (order: string) => Row | null) => {
  const answered = database.prepare<[number], string>('SELECT status FROM job_answers WHERE number = ?').pluck();
  const answer = database.prepare<[number, string]>('INSERT OR REPLACE INTO job_answers VALUES (?, ?)');
  const forget = database.prepare<[number]>('DELETE FROM job_answers WHERE number <= ?');
  const insert = database.prepare<[Extract<JobCommand, { command: 'store' }>]>(`
    INSERT INTO jobs (job_order, lot, product, quantity, state)
    VALUES (@order, @lot, @product, @quantity, 'allowed-to-start')`);
  const update = database.prepare<[{ order: string; state: string; nowMs: number }]>(`
    UPDATE jobs SET state = @state,
      started_at_ms = CASE WHEN @state = 'running' THEN @nowMs ELSE started_at_ms END,
      ended_at_ms = CASE WHEN @state IN ('ended', 'aborted') THEN @nowMs ELSE ended_at_ms END
    WHERE job_order = @order`);
  return database.transaction((command: JobCommand, running: string | null, nowMs: number): JobStatus => {
    const before = answerTo(command, answered.get(command.number));
    if (before !== null) return before;
    const step = onJobCommand(command.command, find(command.order)?.state ?? null, running);
    if (step.status === 'done' && command.command === 'store') insert.run(command);
    else if (step.status === 'done') update.run({ order: command.order, state: step.state, nowMs });
    answer.run(command.number, remembered(step.status, command));
    forget.run(command.number - mostAnswers);
    return step.status;
  });
};
