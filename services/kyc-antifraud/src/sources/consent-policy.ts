import type { ConsentRef, ConsentType } from '@millrace/contracts';
import { SOURCE_DEFINITIONS, SOURCES, type Source } from './sources.js';

/** Consent types the whole verification needs and that are not validly given at `now`; a grant in the future is none. */
export function missingConsents(consents: readonly ConsentRef[], now: Date): ConsentType[] {
  const given = new Set(consents.filter((consent) => new Date(consent.grantedAt).getTime() <= now.getTime()).map((consent) => consent.type));
  const needed = new Set(SOURCES.flatMap((source) => SOURCE_DEFINITIONS[source].consents));
  return [...needed].filter((type) => !given.has(type)).sort();
}

/** Consent under which a source is asked, the last of those it needs (C4 for biometrics); null for public sources. Throws where one is missing. */
export function consentFor(source: Source, consents: readonly ConsentRef[]): string | null {
  const required = SOURCE_DEFINITIONS[source].consents;
  const grants = required.map((type) => consents.find((consent) => consent.type === type));
  const absent = required.find((_, index) => !grants[index]);
  // The last gate before a call: whoever calls a source without its consent has a bug that must not reach the provider.
  if (absent) throw new Error(`${source} may not be asked: consent ${absent} is not recorded`);
  return grants.at(-1)?.consentId ?? null;
}

/** The sources that would be asked under a consent which was withdrawn, with that consent. */
export function refusedQueries(due: readonly Source[], revoked: readonly ConsentRef[]): { readonly source: Source; readonly consentId: string }[] {
  return due.flatMap((source) => {
    const consent = revoked.find(({ type }) => SOURCE_DEFINITIONS[source].consents.includes(type));
    return consent ? [{ source, consentId: consent.consentId }] : [];
  });
}
