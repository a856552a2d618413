/** The wait before try number `attempt` (0 = first), milliseconds: a kiosk is back within a second or two of its station. */
export const reconnectMs = (attempt: number): number => Math.min(2000, 200 * 2 ** Math.min(attempt, 10));
