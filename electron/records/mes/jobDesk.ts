import { jobCommand, type JobCommand, type JobNews, type JobOrder, type JobStatus } from '../../contract/job.ts';

/** Where job orders are kept; `records/store` behind it. */
export interface JobBook {
  apply(command: JobCommand, nowMs: number): JobStatus;
  toTell(): JobOrder[];
  told(responses: readonly JobOrder[]): void;
}

/**
 * Commands of the MES in, news for it out, whichever way they travel: by its method (`session.ts`), or by our own server.
 *
 * What must hold: a command is done before it is answered, and its answer is told until the MES has it; so is a response
 * of an order that has ended.
 */
export interface JobDesk {
  /** Does what the MES sent, each the JSON of a {@link jobCommand}; what is none is left: it comes again, and is left again. */
  take(commands: readonly string[]): void;
  news(): JobNews;
  /** The MES has them. */
  told(news: JobNews): void;
}

/** A desk over `book`; `wallMs` dates what starts and ends. */
export const jobDesk = (book: JobBook, wallMs: () => number): JobDesk => {
  let answers: JobNews['answers'] = [];
  return {
    take(commands) {
      for (const text of commands) {
        const command = commandOf(text);
        if (command === null || answers.some(({ number }) => number === command.number)) continue;
        answers.push({ number: command.number, status: book.apply(command, wallMs()) });
      }
    },
    news: () => ({ answers: [...answers], responses: book.toTell() }),
    told(news) {
      answers = answers.filter((answer) => !news.answers.some(({ number }) => number === answer.number));
      if (news.responses.some(({ state }) => state !== 'running')) book.told(news.responses);
    },
  };
};

const commandOf = (text: string): JobCommand | null => {
  try {
    return jobCommand.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
