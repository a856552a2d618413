import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * A process's log: JSON lines on standard error, so that standard output stays free for results.
 * Never called per frame. Secrets never reach it: log what a setting is for, not what it is.
 */
export const openLog = (process_: string): Logger =>
  pino(
    {
      level: process.env['LINEGATE_LOG'] ?? 'info',
      base: { process: process_ },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['password', '*.password', 'token', '*.token'],
    },
    pino.destination({ fd: 2, sync: true }),
  );
