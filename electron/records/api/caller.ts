import type { Caller } from '../../contract/roles.ts';

const loopback = /^(::ffff:)?127\.|^::1$/;

/**
 * Who calls. There are no users yet: whoever stands at the station itself has the role that the station file gives
 * (`api.localRole`), and from anywhere else one may look and do no more.
 */
export const callerOf = (address: string | undefined, localRole: Caller['role']): Caller => ({
  role: loopback.test(address ?? '') ? localRole : 'viewer',
});
