import { TRPCError } from '@trpc/server';
import type { Door } from '../../contract/api.ts';

/**
 * `watch` for one connection, which gets no more than `most` at a time: a screen needs one, and each is sent everything
 * that changes.
 */
export const fewAtOnce = (watch: Door['watchStatus'], most: number): Door['watchStatus'] => {
  let open = 0;
  return async function* (signal) {
    if (open >= most)
      throw new TRPCError({
        code: 'TOO_MANY_REQUESTS',
        message: `A connection may watch the status ${most} times at once. End one of them first.`,
      });
    open += 1;
    try {
      yield* watch(signal);
    } finally {
      open -= 1;
    }
  };
};
