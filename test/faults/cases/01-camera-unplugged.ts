import { cameraAway } from '../camera.ts';
import type { Fault } from '../fault.ts';

/** The camera's cable is pulled, and comes back. */
export const fault: Fault = {
  numbers: [1],
  name: 'camera unplugged',
  toPass: 'fail-safe ≤ 100 ms, inspecting again ≤ 2 s after its return, an alarm, each time',
  quick: false,
  run: ({ full }) => cameraAway(full ? 50 : 5, 'unplugged', (camera, awayMs) => camera.knob('unplug', `${awayMs}`)),
};
