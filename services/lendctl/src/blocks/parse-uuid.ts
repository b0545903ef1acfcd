import { InvalidArgumentError } from 'commander';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that the database has made. */
export function parseUuid(text: string): string {
  if (!UUID.test(text)) throw new InvalidArgumentError('it is not a UUID.');
  return text.toLowerCase();
}
