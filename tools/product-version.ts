import { readFileSync } from 'node:fs';

/** Version of the product, which generated documents carry. */
export function productVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
