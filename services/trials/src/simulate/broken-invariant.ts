/** A rule that does not hold: ends the run at once. */
export class BrokenInvariant extends Error {
  constructor(
    readonly invariant: string,
    what: string,
  ) {
    super(`${invariant}: ${what}`);
  }
}
