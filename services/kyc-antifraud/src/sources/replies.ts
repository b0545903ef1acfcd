import type { EnterpriseBureauReply, PersonalBureauReply } from './bureau/bureau-sources.js';
import type { CourtsReply } from './courts/courts-source.js';
import type { IdentityReply } from './identity/identity-source.js';
import type { InvoicesBody } from './invoices/invoices-source.js';
import type { RegistryBody } from './registry/registry-source.js';
import type { TaxReply } from './tax/tax-source.js';
import type { WatchlistReply } from './watchlists/watchlist-source.js';

// Replies as docs/provider-contract.md has them. Each is checked before anything reads it: a field that is missing must not look like "nothing bad found".

/** Bodies by source, as they are stored. */
export interface Replies {
  readonly identity?: IdentityReply;
  readonly registry?: RegistryBody;
  readonly tax?: TaxReply;
  readonly invoices?: InvoicesBody;
  readonly watchlist?: WatchlistReply;
  readonly courts?: CourtsReply;
  readonly enterprise_bureau?: EnterpriseBureauReply;
  readonly personal_bureau?: PersonalBureauReply;
}
