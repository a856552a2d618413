import { cameraAway } from '../camera.ts';
import type { Fault } from '../fault.ts';

/** The camera stays connected and sends nothing. */
export const fault: Fault = {
  numbers: [2],
  name: 'camera silent, link up',
  toPass: 'fail-safe ≤ 100 ms, inspecting again ≤ 2 s after its return, an alarm, each time',
  quick: false,
  run: ({ full }) =>
    cameraAway(full ? 50 : 5, 'silent', (camera, awayMs) => {
      camera.knob('silent', 'on');
      setTimeout(() => camera.knob('silent', 'off'), awayMs);
    }),
};
