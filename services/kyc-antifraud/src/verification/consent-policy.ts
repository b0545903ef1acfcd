import type { ConsentRef, ConsentType } from '@millrace/contracts';

/** Outside sources of a verification. */
export const SOURCES = ['identity', 'registry', 'tax', 'invoices', 'watchlist', 'courts', 'enterprise_bureau', 'personal_bureau'] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Consents that must be recorded before a source is asked (G-CB-01, G-CB-02, G-PI-02, R-LG-03). Public registers (registry, courts) and the
 * screening that anti-money-laundering law demands (G-AM-04) need none.
 */
export const REQUIRED_CONSENTS: Readonly<Record<Source, readonly ConsentType[]>> = {
  identity: ['C3', 'C4'],
  registry: [],
  tax: ['C5'],
  invoices: ['C5'],
  watchlist: [],
  courts: [],
  enterprise_bureau: ['C1'],
  personal_bureau: ['C2'],
};

/** Consent types the whole verification needs and that are not validly given at `now`; a grant in the future is none. */
export function missingConsents(consents: readonly ConsentRef[], now: Date): ConsentType[] {
  const given = new Set(consents.filter((consent) => new Date(consent.grantedAt).getTime() <= now.getTime()).map((consent) => consent.type));
  const needed = new Set(SOURCES.flatMap((source) => REQUIRED_CONSENTS[source]));
  return [...needed].filter((type) => !given.has(type)).sort();
}

/** Consent under which a source is asked, the last of those it needs (C4 for biometrics); null for public sources. Throws where one is missing. */
export function consentFor(source: Source, consents: readonly ConsentRef[]): string | null {
  const required = REQUIRED_CONSENTS[source];
  const grants = required.map((type) => consents.find((consent) => consent.type === type));
  const absent = required.find((_, index) => !grants[index]);
  // The last gate before a call: whoever calls a source without its consent has a bug that must not reach the provider.
  if (absent) throw new Error(`${source} may not be asked: consent ${absent} is not recorded`);
  return grants.at(-1)?.consentId ?? null;
}
