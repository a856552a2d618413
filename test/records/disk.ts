import type { openArchive } from '../../electron/records/archive/archive.ts';
import { faultOf } from '../../electron/records/store/fault.ts';

/** A disk with room for all that the station file allows the pictures. */
export const aRoomyDisk: Parameters<typeof openArchive>[0]['disk'] = {
  recordsFile: 'none.sqlite',
  quotaOf: ({ allowedBytes }) => allowedBytes,
  faultOf,
};
