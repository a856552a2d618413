import type { Caller } from '../../contract/roles.ts';

const loopback = /^(::ffff:)?127\.|^::1$/;

/** Whether who calls is on this machine: the kiosk is. */
export const isHere = (address: string | undefined): boolean => loopback.test(address ?? '');

/**
 * Who calls. There are no users yet: whoever stands at the station itself has the role that the station file gives
 * (`api.localRole`), and from anywhere else one may look and do no more.
 */
export const callerOf = (address: string | undefined, localRole: Caller['role']): Caller => ({
  role: isHere(address) ? localRole : 'viewer',
});
