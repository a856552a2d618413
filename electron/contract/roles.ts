/** Who asks, at the operator's door. */
export interface Caller {
  role: Role;
}

export type Role = 'viewer' | 'operator' | 'maintenance' | 'quality' | 'admin';

/** What each role may do beside looking. */
const may = {
  /** Send a refused report again as it is. */
  resend: ['operator', 'maintenance', 'quality', 'admin'],
  /** Say that the cause of an interlock has been seen to. */
  resetInterlocks: ['operator', 'maintenance', 'quality', 'admin'],
  /** Have the next pictures kept without loss. */
  keepLossless: ['operator', 'maintenance', 'quality', 'admin'],
  /** Say how a challenge went: a known part was sent through the gate. */
  challenge: ['operator', 'maintenance', 'quality', 'admin'],
  /** Have started now what is in safe mode. */
  startAgain: ['operator', 'maintenance', 'quality', 'admin'],
  /** Change what the MES is told about a part. */
  correct: ['quality', 'admin'],
  /** Take results over for the MES: what is acknowledged is not offered again. */
  acknowledge: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

/** Whether `role` may do something that is not for everybody. */
export const mayDo = (role: Role, what: keyof typeof may): boolean => (may[what] as readonly Role[]).includes(role);
