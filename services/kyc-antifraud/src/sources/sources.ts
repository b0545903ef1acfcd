import type { OutsideParty } from '@millrace/service';
import { enterpriseBureauSource, personalBureauSource } from './bureau/bureau-sources.js';
import { courtsSource } from './courts/courts-source.js';
import { identitySource } from './identity/identity-source.js';
import { invoicesSource } from './invoices/invoices-source.js';
import { registrySource } from './registry/registry-source.js';
import type { Replies } from './replies.js';
import type { SourceDefinition } from './source.js';
import { taxSource } from './tax/tax-source.js';
import { watchlistSource } from './watchlists/watchlist-source.js';

/** Every source that a verification asks, by the name that its replies are stored under. */
export const SOURCE_DEFINITIONS: Readonly<Record<keyof Replies, SourceDefinition>> = {
  identity: identitySource,
  registry: registrySource,
  tax: taxSource,
  invoices: invoicesSource,
  watchlist: watchlistSource,
  courts: courtsSource,
  enterprise_bureau: enterpriseBureauSource,
  personal_bureau: personalBureauSource,
};

export type Source = keyof Replies;
export const SOURCES = Object.keys(SOURCE_DEFINITIONS) as readonly Source[];

/** One client a source, though two of them may be of one party. */
export const SOURCE_PARTIES: readonly OutsideParty[] = SOURCES.map((name) => ({ name, parts: [SOURCE_DEFINITIONS[name].party] }));
