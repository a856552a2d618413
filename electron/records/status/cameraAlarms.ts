import type { LaneStatus, Trouble } from '../../contract/facts.ts';
import type { Raised } from './alarms.ts';

const told = (message: string): string => (message === '' ? '' : ` ${message}`);

/** What is wrong with the camera of a lane, and what it shows. */
export const cameraAlarms = ({ lane, camera }: Pick<LaneStatus, 'lane' | 'camera'>): Raised[] => {
  switch (camera.state) {
    case 'running':
      return [...pictureAlarms(lane, camera.trouble), ...runawayAlarms(lane, camera.message)];
    case 'opening':
      return [];
    case 'lost':
      return [
        {
          id: `camera-lost:${lane}`,
          priority: 'urgent',
          what: `Lane ${lane}: the camera gives no frames.${told(camera.message)}`,
          meanwhile:
            'Every part gets the verdict "error" and the gate follows the fail-safe. The camera is tried again all the time.',
          toDo: 'Check its cable, its power and its light. If this stays, call maintenance.',
        },
      ];
    case 'ended':
      return [
        {
          id: `camera-ended:${lane}`,
          priority: 'low',
          what: `Lane ${lane}: the recording is at its end.${told(camera.message)}`,
          meanwhile: 'No frame is inspected any more.',
          toDo: 'Start the station again to play it once more, or set another camera in the station file.',
        },
      ];
  }
};

const runawayAlarms = (lane: string, message: string): Raised[] =>
  message === ''
    ? []
    : [
        {
          id: `camera-runaway:${lane}`,
          priority: 'high',
          what: `Lane ${lane}: ${message}`,
          meanwhile: 'Frames beyond the limit are not looked at; a part that only they show follows the fail-safe.',
          toDo: "Check the camera's trigger and frame rate, or the limit in the recipe.",
        },
      ];

/** Frames of a camera that runs: faults #3 to #5, #7, #8. */
const pictureAlarms = (lane: string, trouble: Trouble | null): Raised[] => {
  const words = trouble === null ? undefined : picture[trouble.why];
  if (trouble === null || words === undefined) return [];
  const [what, toDo, meanwhile = notInspected] = words;
  const frames = trouble.frames === 1 ? 'one frame' : `${trouble.frames} frames`;
  return [
    {
      id: `camera-picture:${lane}`,
      priority: passing.has(trouble.why) ? 'low' : 'high',
      what: `Lane ${lane}: ${what} (${frames} lately).`,
      meanwhile,
      toDo,
    },
  ];
};

const notInspected = 'A part that has no good frame gets the verdict "error", and the gate follows the fail-safe.';
const line = "If this comes again, check the camera's cable, its network and the load of the station.";
/** What may be over with one frame. */
const passing: ReadonlySet<Trouble['why']> = new Set(['torn', 'frame-lost', 'again', 'late']);

/** What happened, what to do, and what the line does where that is something else. */
const picture: Partial<Record<Trouble['why'], readonly [string, string, string?]>> = {
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
  again: ['a frame came twice', line, 'The second copy is not looked at. Every part has its own verdict.'],
};
