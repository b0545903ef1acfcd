import { table } from '../command/print-table.js';
import type { ListedKey } from './count-keys.js';
import type { Rotation } from './rotate-keys.js';

/** Keys of one service, and how many of its records have the old form. */
export interface ListedService {
  readonly service: string;
  readonly keys: readonly ListedKey[];
  readonly oldForm: number;
}

/** What came of a change of keys, by service, with the key that its data is under now. */
export type RotatedService = { readonly service: string; readonly keyId: string } & Rotation;

/** What `lendctl keys list` shows. */
export function keysAsText(services: readonly ListedService[]): string {
  const rows = services.flatMap(({ service, keys }) => keys.map(({ keyId, fingerprint, state, records }) => [service, keyId, fingerprint, state, records]));
  const old = services
    .filter(({ oldForm }) => oldForm > 0)
    .map(({ service, oldForm }) => `${service}: ${oldForm} records have the old form; lendctl keys rotate gives them the new one`);
  return [table(['SERVICE', 'KEY', 'FINGERPRINT', 'STATE', 'RECORDS'], rows, ['RECORDS']), ...old].join('\n');
}

/** What came of `lendctl keys rotate`, and which keys may go. */
export function rotationsAsText(services: readonly RotatedService[]): string {
  const lines = services.flatMap(({ service, keyId, records, broken, unfinished }) => [
    `${service}: ${records} records are under "${keyId}"`,
    ...broken.map((what) => `  not passed: ${what}`),
    ...(unfinished
      ? [`  a running instance still writes under an old key: start every one of ${service} with "${keyId}" first in its field keys, and run this again`]
      : []),
  ]);
  const passed = services.every(({ broken, unfinished }) => broken.length === 0 && !unfinished);
  const free = services.flatMap(({ service, retired }) => retired.map((id) => `"${id}" of ${service}`));
  if (passed && free.length > 0) lines.push(`free: ${free.join(', ')} may be taken out of the field keys; keep it with the backups that were made under it`);
  return lines.join('\n');
}
