/** Something that a person has to know or do before Linegate can run here: two sentences, no stack. */
export class SetupError extends Error {
  /**
   * @param {string} whatHappened
   * @param {string} whatToDo
   * @param {ErrorOptions} [options]
   */
  constructor(whatHappened, whatToDo, options) {
    super(whatHappened, options);
    this.name = 'SetupError';
    this.whatToDo = whatToDo;
  }
}

/**
 * What a person reads when set-up, check or start fails; a defect keeps its stack.
 * @param {unknown} thrown
 * @returns {string}
 */
export const forPerson = (thrown) => {
  if (thrown instanceof SetupError) return `${thrown.message}\n${thrown.whatToDo}`;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
};
