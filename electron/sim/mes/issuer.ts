import type { JobCommand, JobNews } from '../../contract/job.ts';

/** Who issues job orders: one after the other, each for so many good parts. */
export interface Issuer {
  /** Good parts an order; 0 issues none. */
  quantity: number;
  /** The next command's number. It must grow for ever, also when the MES starts anew: it starts from the clock. */
  number: number;
  /** Commands that were not answered yet. */
  pending: JobCommand[];
}

/**
 * What the MES commands after it has heard `news`: an order that has its good parts is stopped, and without a running one
 * the next is stored and started. What was not answered is said again.
 */
export const nextCommands = (issuer: Issuer, news: JobNews): JobCommand[] => {
  const answered = new Set(news.answers.map(({ number }) => number));
  issuer.pending = issuer.pending.filter(({ number }) => !answered.has(number));
  if (issuer.pending.length > 0) return issuer.pending;
  const running = news.responses.find(({ state }) => state === 'running');
  if (running !== undefined && running.counts.ok >= running.quantity)
    issuer.pending.push({ command: 'stop', number: issuer.number++, order: running.order });
  else if (running === undefined && issuer.quantity > 0) {
    const number = issuer.number;
    issuer.number += 2;
    const order = `PO-${number}`;
    issuer.pending.push(
      { command: 'store', number, order, lot: `L-${number}`, product: 'Chips in carrier tape', quantity: issuer.quantity },
      { command: 'start', number: number + 1, order },
    );
  }
  return issuer.pending;
};
