import { z } from 'zod';
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
  /**
   * Does what the MES sent, each the JSON of a {@link jobCommand}. What is none is answered as refused with why, where it
   * has a number to answer to; where it has none it comes again and is left again.
   */
  take(commands: readonly string[]): void;
  news(): JobNews;
  /** The MES has them. */
  told(news: JobNews): void;
}

interface Around {
  /** Dates what starts and ends. */
  wallMs(): number;
  /**
   * Whether parts were decided that are not kept yet. A record has the order that runs when it is kept, so no order may
   * start or end before them.
   */
  isBehind(): boolean;
  /** Hears once of what the MES sent and is no command. */
  onOdd(text: string, why: string): void;
}

/** Texts that are remembered as told: an MES that repeats a wrong one for days fills no log. */
const mostTold = 100;
const mostOfText = 300;

/** A desk over `book`. */
export const jobDesk = (book: JobBook, { wallMs, isBehind, onOdd }: Around): JobDesk => {
  let answers: JobNews['answers'] = [];
  const odd = new Set<string>();
  const tell = (text: string, why: string): void => {
    if (odd.has(text) || odd.size >= mostTold) return;
    odd.add(text);
    onOdd(text, why);
  };
  return {
    take(commands) {
      // The MES gives them again until they are answered.
      if (isBehind()) return;
      for (const text of commands) {
        const read = readCommand(text);
        if ('why' in read) tell(text.slice(0, mostOfText), read.why);
        if (read.number === null || answers.some(({ number }) => number === read.number)) continue;
        answers.push(
          'why' in read
            ? { number: read.number, status: 'not-understood', why: read.why }
            : { number: read.number, status: book.apply(read, wallMs()) },
        );
      }
    },
    news: () => ({ answers: [...answers], responses: book.toTell() }),
    told(news) {
      answers = answers.filter((answer) => !news.answers.some(({ number }) => number === answer.number));
      if (news.responses.some(({ state }) => state !== 'running')) book.told(news.responses);
    },
  };
};

const numbered = z.object({ number: z.int().positive() });

/** The command in a text; or why it is none, with the number that it has all the same. */
const readCommand = (text: string): JobCommand | { number: number | null; why: string } => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { number: null, why: 'is not JSON' };
  }
  const read = jobCommand.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const why = `"${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}`;
  return { number: numbered.safeParse(json).data?.number ?? null, why };
};
