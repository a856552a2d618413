import type { Caller } from '../../contract/api.ts';

/** Who calls. There are no users yet: whoever reaches this door may look, and nobody may do more. */
export const callerOf = (): Caller => ({ role: 'viewer' });
