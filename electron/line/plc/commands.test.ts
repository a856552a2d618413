import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateCommand, GateOutcome } from '../../contract/gate.ts';
import { openCommands } from './commands.ts';

const command = (sequence: number, deadlineMs: number): GateCommand => ({
  sequence,
  partId: sequence,
  verdict: 'nok',
  reasonCode: 1,
  score: 0.9,
  reject: true,
  mark: false,
  gateEncoder: 0,
  deadlineEncoder: 0,
  deadlineMs,
});

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('commands on their way', () => {
  it('ends each once, sends at most one at a time, in order, never late, never unconnected, never again', async () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), inMs: fc.integer({ min: -5, max: 60 }) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('answer' as const),
          outcome: fc.constantFrom<GateOutcome | Error>('acknowledged', 'refused', new Error('lost')),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'connect' as const, 'sweep' as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        let [now, connected, count] = [0, true, 0];
        const answers: { resolve: (outcome: GateOutcome) => void; reject: (error: Error) => void }[] = [];
        const sent: number[] = [];
        const ended = new Map<number, GateOutcome[]>();
        const commands = openCommands(
          (each) => {
            expect(connected).toBe(true);
            expect(now).toBeLessThanOrEqual(each.deadlineMs);
            expect(answers).toHaveLength(0);
            sent.push(each.sequence);
            return new Promise((resolve, reject) => answers.push({ resolve, reject }));
          },
          () => connected,
          () => now,
        );
        for (const each of actions) {
          if (each.do === 'send') {
            const sequence = ++count;
            ended.set(sequence, []);
            void commands.send(command(sequence, now + each.inMs)).then((outcome) => ended.get(sequence)?.push(outcome));
          } else if (each.do === 'answer') {
            const answer = answers.shift();
            if (each.outcome instanceof Error) answer?.reject(each.outcome);
            else answer?.resolve(each.outcome);
          } else if (each.do === 'pass') now += each.ms;
          else if (each.do === 'sweep') commands.sweep();
          else if (each.do === 'connect') connected = true;
          else {
            connected = false;
            answers.length = 0;
            commands.drop();
          }
          await settle();
        }
        connected = false;
        commands.drop();
        await settle();
        expect([...ended.values()].every((outcomes) => outcomes.length === 1)).toBe(true);
        expect(sent).toEqual([...new Set(sent)].toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('lets no queue grow behind a PLC that is too slow, and gives way to the newest', async () => {
    let now = 0;
    let answer = (): void => undefined;
    const sent: number[] = [];
    const ended: [number, GateOutcome][] = [];
    const write = ({ sequence }: GateCommand): Promise<GateOutcome> => {
      sent.push(sequence);
      return new Promise((resolve) => (answer = () => resolve('acknowledged')));
    };
    const commands = openCommands(
      write,
      () => true,
      () => now,
    );
    for (let sequence = 1; sequence <= 6; sequence++) {
      void commands.send(command(sequence, 1000)).then((outcome) => ended.push([sequence, outcome]));
      now += 10;
    }
    await settle();
    // Up to 33 ms nobody is sent away: a PLC may pause.
    expect([sent, commands.depth()]).toEqual([[1], 2]);
    answer();
    await settle();
    expect(sent).toEqual([1, 5]);
    // The answer was slow: a burst behind it is cut at once.
    for (let sequence = 7; sequence <= 10; sequence++) void commands.send(command(sequence, 1000));
    expect(commands.depth()).toBe(2);
    expect(ended.filter(([, outcome]) => outcome === 'not-connected').map(([sequence]) => sequence)).toEqual([2, 3, 4]);
  });
});
