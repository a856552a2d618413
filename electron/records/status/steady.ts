/**
 * Asks, and where that fails says what was said last: what the screen shows while the records are not open.
 */
export const steady = <A extends unknown[], R>(ask: (...args: A) => R, first: R): ((...args: A) => R) => {
  let last = first;
  return (...args) => {
    try {
      last = ask(...args);
    } catch {
      // The holder of the store knows why, and an alarm says it.
    }
    return last;
  };
};
