import { describe, expect, it } from 'vitest';
import { aQuietLine } from '../../../test/records/store.ts';
import { type JobBook, jobDesk } from './jobDesk.ts';

describe('the desk of the job orders', () => {
  it('answers what is no command with why, does the others, and says each once', () => {
    const applied: string[] = [];
    const book: JobBook = {
      apply: ({ order }) => (applied.push(order), 'done'),
      toTell: () => [],
      told: () => undefined,
    };
    const odd: string[] = [];
    const desk = jobDesk(book, { ...aQuietLine, onOdd: (_text, why) => odd.push(why) });
    desk.take([
      JSON.stringify({ command: 'start', number: 1, order: 'PO-1' }),
      JSON.stringify({ command: 'store', number: 2, order: 'PO-2', lot: 'L', product: 'chips', quantity: 0 }),
      JSON.stringify({ command: 'pause', number: 3, order: 'PO-1' }),
      JSON.stringify({ command: 'start', order: 'PO-1' }),
      'nonsense',
    ]);
    expect(applied).toEqual(['PO-1']);
    const { answers } = desk.news();
    expect(answers).toMatchObject([
      { number: 1, status: 'done' },
      { number: 2, status: 'not-understood', why: expect.stringContaining('quantity') as string },
      { number: 3, status: 'not-understood', why: expect.stringContaining('command') as string },
    ]);
    expect(odd).toHaveLength(4);
    desk.told(desk.news());
    expect(desk.news().answers).toEqual([]);
  });

  it('leaves commands until all parts decided before them are kept', () => {
    const applied: string[] = [];
    const book: JobBook = { apply: ({ order }) => (applied.push(order), 'done'), toTell: () => [], told: () => undefined };
    let isBehind = true;
    const desk = jobDesk(book, { ...aQuietLine, isBehind: () => isBehind });
    const stop = [JSON.stringify({ command: 'stop', number: 7, order: 'PO-1' })];
    desk.take(stop);
    expect([applied, desk.news().answers]).toEqual([[], []]);
    isBehind = false;
    desk.take(stop);
    expect([applied, desk.news().answers]).toEqual([['PO-1'], [{ number: 7, status: 'done' }]]);
  });
});
