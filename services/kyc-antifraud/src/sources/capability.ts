import { defineCapability } from '@millrace/service';
import { AskSource } from './ask-source.js';
import { SOURCE_PARTIES } from './sources.js';

/** Outside parties that know something of a firm, a folder each: what they are asked, under which consent, and what of their reply counts. */
export const sources = defineCapability({
  name: 'sources',
  face: [
    'answer-age',
    'ask-source',
    'bureau/bureau-sources',
    'consent-policy',
    'invoices/invoices-source',
    'invoices/trade-truth',
    'months-between',
    'query-ids',
    'registry/registry-source',
    'replies',
    'source',
    'source-reply',
    'sources',
    'tax/tax-source',
    'watchlists/guarantor-place',
    'watchlists/screening-subjects',
  ],
  providers: [AskSource],
  outsideParties: SOURCE_PARTIES,
});
