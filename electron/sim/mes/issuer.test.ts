import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JobNews, type JobOrder, onJobCommand } from '../../contract/job.ts';
import { type Issuer, nextCommands } from './issuer.ts';

describe('the issuer of job orders', () => {
  it('gives one order after the other, each its good parts, though any message may be lost', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ parts: fc.nat(30), isHeard: fc.boolean(), isAnswered: fc.boolean() })), (turns) => {
        const issuer: Issuer = { quantity: 20, number: 1000, pending: [] };
        const orders: JobOrder[] = [];
        const answers = new Map<number, JobNews['answers'][number]>();
        for (const { parts, isHeard, isAnswered } of turns) {
          const running = orders.find(({ state }) => state === 'running');
          if (running !== undefined) running.counts.ok += parts;
          if (!isHeard) continue;
          const commands = [...nextCommands(issuer, { answers: [...answers.values()], responses: structuredClone(orders) })];
          if (!isAnswered) continue;
          for (const command of commands) {
            if (answers.has(command.number)) continue;
            const at = orders.find(({ order }) => order === command.order);
            const now = orders.find(({ state }) => state === 'running')?.order ?? null;
            const step = onJobCommand(command.command, at?.state ?? null, now);
            expect(step.status).toBe('done');
            answers.set(command.number, { number: command.number, status: step.status });
            if (command.command === 'store')
              orders.push({
                ...{ order: command.order, lot: command.lot, product: '', quantity: 20, state: 'allowed-to-start' },
                ...{ counts: { ok: 0, nok: 0, unsure: 0, error: 0 }, startedAtMs: null, endedAtMs: null },
              });
            else if (at !== undefined && step.status === 'done') at.state = step.state;
          }
        }
        for (const { state, counts } of orders) if (state === 'ended') expect(counts.ok).toBeGreaterThanOrEqual(20);
      }),
    );
  });
});
