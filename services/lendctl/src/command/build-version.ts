import { readFileSync } from 'node:fs';

/** Version of this build, as its package says it. */
export function buildVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return version;
}
