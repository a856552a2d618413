/**
 * The MES ended a call with a Bad status: it was reached, it heard us, and it did not take what it was given. Whatever else
 * a call throws leaves open whether the MES has it.
 */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
}

/** The MES answered, and what it answered is not what the station file says of its method. */
export class GarbledAnswer extends Error {
  override readonly name = 'GarbledAnswer';
}
