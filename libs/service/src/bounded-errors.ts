import type { FieldError } from './problem.js';

/** Field errors that one answer lists; the request that needs more is mended in two turns, or is no mistake (SEC-1). */
export const MAX_FIELD_ERRORS = 50;
export const MAX_FIELD_LENGTH = 200;
const MAX_MESSAGE_LENGTH = 300;

/** At most so many characters, whole ones. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

/** Field errors for an answer whose size does not depend on the request: the first ones are kept, the others are counted. */
export class BoundedErrors {
  readonly #listed: FieldError[] = [];
  readonly #refused = new Set<string>();
  #omitted = 0;

  /** True once no further error will be listed. */
  get full(): boolean {
    return this.#listed.length >= MAX_FIELD_ERRORS;
  }

  get listed(): readonly FieldError[] {
    return this.#listed;
  }

  /** How many errors are not listed. */
  get omitted(): number {
    return this.#omitted;
  }

  add(field: string, message: string): void {
    if (this.full) return this.omit(1);
    this.#refused.add(field);
    this.#listed.push({ field: cut(field, MAX_FIELD_LENGTH), message: cut(message, MAX_MESSAGE_LENGTH) });
  }

  /** Counts errors that have not even been worded. */
  omit(count: number): void {
    this.#omitted += count;
  }

  /** True where this very field has an error already. */
  has(field: string): boolean {
    return this.#refused.has(field);
  }
}
