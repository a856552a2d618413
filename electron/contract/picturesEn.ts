import type { AlarmTexts, PictureFault } from './alarms.ts';

const line = "If this comes again, check the camera's cable, its network and the load of the station.";

/** What happened and what to do. */
const faults = {
  black: ['the picture is black', 'Check the light, the lens cap and the exposure time.'],
  saturated: ['the picture is overexposed', 'Check the light, the aperture and the exposure time.'],
  frozen: ['the camera shows the same picture again and again', 'Switch the camera off and on. If this stays, call maintenance.'],
  blurred: ['the picture is blurred', 'Clean the lens and check its focus.'],
  'wrong-format': [
    'the camera sends frames of another size or colour',
    "Check the camera's settings, then start the station again.",
  ],
  torn: ['a frame came torn', line],
  'frame-lost': ['a frame of the camera was lost', line],
  late: ['a frame came after the next one', line],
  again: ['a frame came twice', line],
} as const satisfies Record<PictureFault, readonly [string, string]>;

/** English sentences of what is wrong with a camera's pictures. */
export const picturesEn = {
  'camera-picture': ({ lane, why, frames }) => ({
    what: `Lane ${lane}: ${faults[why][0]} (${frames === 1 ? 'one frame' : `${frames} frames`} lately).`,
    meanwhile:
      why === 'again'
        ? 'The second copy is not looked at. Every part has its own verdict.'
        : 'A part that has no good frame gets the verdict "error", and the gate follows the fail-safe.',
    toDo: faults[why][1],
  }),
} satisfies Partial<AlarmTexts>;
