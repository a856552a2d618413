/** One row, or a few that are one, of the fault table: what is done to the real processes and what must come of it. */
export interface Fault {
  /** Numbers in the fault table; the JSON result is keyed by them. */
  readonly numbers: readonly number[];
  /** What goes wrong, as a person would say it: `camera unplugged`. */
  readonly name: string;
  /** The figure to pass: `fail-safe ≤ 100 ms, recovery ≤ 2 s`. */
  readonly toPass: string;
  /** Takes at most some ten seconds, and its figure is no time of this machine: then it is part of `npm test`. */
  readonly quick: boolean;
  run(how: How): Promise<Outcome>;
}

/** How a case is run. */
export interface How {
  /** As often and as long as the table says, and not a few times only. */
  readonly full: boolean;
  /** For cases that take as long as one likes: so many minutes, and not their own number. */
  readonly minutes?: number;
  /** Tells the person who waits. */
  say(what: string): void;
}

/** What came of it. */
export interface Outcome {
  /** One sentence. */
  readonly happened: string;
  /** Figures by name, the unit in the name: `failSafeMs`. */
  readonly measured: Readonly<Record<string, number>>;
  readonly passed: boolean;
  /** Why this machine cannot show it (a tool is missing): then nothing was run, and `passed` says nothing. */
  readonly skipped?: string;
}
