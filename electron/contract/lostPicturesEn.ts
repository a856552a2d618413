import type { AlarmTexts, StoreFaultKind } from './alarms.ts';

const log = 'If this comes again, call maintenance: the log of this station names the cause.';

/** Why, and what to do; `slow`: nothing refused them, the disk did not keep up. */
const causes = {
  slow: ['the disk does not keep up', 'If this comes again, call maintenance: the disk is too slow for so many pictures.'],
  full: ['the disk was full', 'Maintenance: free space where the disk still is full; then it goes on by itself.'],
  'read-only': [
    'the disk under them is read-only',
    'Maintenance: mount it for writing. A disk that made itself read-only is failing; replace it.',
  ],
  'no-permission': [
    'this station may not write where they belong',
    'Maintenance: give the folder "pictures" in the data folder, and all in it, to the user that runs Linegate.',
  ],
  io: ['the disk under them fails', 'Call maintenance now: check the cable and the health of the disk.'],
  damaged: ['the file of records that lists them is damaged', log],
  other: ['they cannot be written', log],
} as const satisfies Record<StoreFaultKind | 'slow', readonly [string, string]>;

/** English sentences of pictures that were not kept. */
export const lostPicturesEn = {
  'pictures-lost': ({ kind }) => ({
    what: `Some pictures of the last minutes were not kept: ${causes[kind ?? 'slow'][0]}.`,
    meanwhile: 'Parts go on being sorted and recorded; only pictures are missing.',
    toDo: causes[kind ?? 'slow'][1],
  }),
} satisfies Partial<AlarmTexts>;
