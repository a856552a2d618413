import { PersonError } from '../base/errors.ts';

/** More simulated lanes than a machine for this has processors. */
const mostLanes = 8;

/** The number of lanes that an option names. Throws {@link PersonError}. */
export const lanesOf = (text: string): number => {
  const lanes = Number(text);
  if (Number.isInteger(lanes) && lanes >= 1 && lanes <= mostLanes) return lanes;
  throw new PersonError(`"--lanes ${text}" is not understood.`, `Give a whole number from 1 to ${mostLanes}.`);
};
