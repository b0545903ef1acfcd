import { BoundedErrors } from './bounded-errors.js';
import { troubleOfText } from './readable-text.js';
import { shapeOf, type FieldShape, type RequestClass } from './request-shape.js';

/** Values that one request may have in all: ten times the largest real one. Reached only where a field takes an object of any form. */
const MAX_VALUES = 10_000;
/** Longer than any text of a request may be, so that no pattern runs over a megabyte. */
const MAX_TEXT_LENGTH = 4_000;

const OPEN: FieldShape = { isList: true, maxItems: MAX_VALUES, nested: undefined };

/** A path as clients know it, `consents.0.type`; a key that is no plain word is shown quoted. */
function fieldPath(path: string, key: string): string {
  if (!/^\w{1,100}$/.test(key)) return `${path}[${JSON.stringify(key.slice(0, 100))}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** One pass over a request that bounds what comes after it. */
class Screening {
  #values = 0;

  constructor(private readonly errors: BoundedErrors) {}

  /** The object without unknown fields, and without what was refused. */
  object(given: object, requestClass: RequestClass, path: string): object {
    const shape = shapeOf(requestClass);
    const kept: Record<string, unknown> = {};
    let unknown = 0;
    for (const key of Object.keys(given)) {
      const field = shape.get(key);
      if (field) kept[key] = this.#field((given as Record<string, unknown>)[key], field, fieldPath(path, key));
      else if (this.errors.full) unknown++;
      else this.errors.add(fieldPath(path, key), 'is not a field of this request');
    }
    this.errors.omit(unknown);
    return kept;
  }

  #field(value: unknown, field: FieldShape, path: string): unknown {
    if (typeof value === 'string') return this.#text(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (++this.#values > MAX_VALUES) return this.#refuse(path, `must not have more than ${MAX_VALUES} values`);
    if (Array.isArray(value)) return this.#list(value, field, path);
    return field.nested ? this.object(value, field.nested, path) : this.#open(value, path);
  }

  #list(list: readonly unknown[], field: FieldShape, path: string): unknown {
    if (field.nested && !field.isList) return this.#refuse(path, 'must be an object, not a list');
    if (list.length > field.maxItems) return this.#refuse(path, `must contain no more than ${field.maxItems} elements`);
    const kept: unknown[] = [];
    for (const [at, item] of list.entries()) kept.push(this.#field(item, field, `${path}.${at}`));
    return kept;
  }

  #open(given: object, path: string): unknown {
    const keys = Object.keys(given);
    this.#values += keys.length;
    if (this.#values > MAX_VALUES) return this.#refuse(path, `must not have more than ${MAX_VALUES} values`);
    return Object.fromEntries(keys.map((key) => [key, this.#field((given as Record<string, unknown>)[key], OPEN, fieldPath(path, key))]));
  }

  #text(text: string, path: string): string | undefined {
    const trouble = text.length > MAX_TEXT_LENGTH ? `must not be longer than ${MAX_TEXT_LENGTH} characters` : troubleOfText(text);
    return trouble === undefined ? text : this.#refuse(path, trouble);
  }

  #refuse(path: string, message: string): undefined {
    this.errors.add(path, message);
    return undefined;
  }
}

/**
 * Looks at a request before its rules do, so that they work on what is small (SEC-1): unknown fields are named and cut off, a list that is too long is
 * refused unseen, and every text is one that can be stored and read (F12). What it refuses is added to `errors` and missing in the answer.
 */
export function screenRequest(given: object, requestClass: RequestClass, errors: BoundedErrors): object {
  return new Screening(errors).object(given, requestClass, '');
}
