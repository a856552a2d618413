/**
 * An error that a person reads: what happened, what the line does meanwhile, what to do.
 * Anything else that is thrown is a defect and is shown with its stack.
 */
export class PersonError extends Error {
  override readonly name = 'PersonError';
  readonly whatToDo: string;

  constructor(whatHappened: string, whatToDo: string, options?: ErrorOptions) {
    super(whatHappened, options);
    this.whatToDo = whatToDo;
  }
}

/** What an unknown thrown value says. The OpenCV binding throws strings. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Two sentences for a person; a defect keeps its own message. */
export const forPerson = (thrown: unknown): string =>
  thrown instanceof PersonError ? `${thrown.message} ${thrown.whatToDo}` : messageOf(thrown);
