import { v7, validate, version } from 'uuid';

/** A new time-ordered id (UUIDv7); clients make theirs the same way, so that a retry names the same thing. */
export function newId(): string {
  return v7();
}

/** True for any well-formed UUID of version 7. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && validate(value) && version(value) === 7;
}
