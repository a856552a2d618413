import type { ChildProcess } from 'node:child_process';

/**
 * Sends `question` to a child process and resolves with the `figures` of its next answer (`contract/process.ts`).
 * Rejects when the child has ended, or ends before it answers.
 */
export const ask = (child: ChildProcess, question: 'figures' | 'counts'): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const hear = (message: { type?: string; figures?: unknown }): void => {
      if (message.type !== 'figures') return;
      child.off('message', hear);
      child.off('exit', fail);
      resolve(message.figures);
    };
    const fail = (): void => {
      child.off('message', hear);
      child.off('exit', fail);
      reject(new Error('the process ended before it answered'));
    };
    child.on('message', hear);
    child.once('exit', fail);
    child.send({ type: question }, (error) => error !== null && fail());
  });
