import type { InvoiceBatchRef } from '@millrace/contracts';
import { loadScorecard } from './load-scorecard.js';
import type { Scorecard } from './scorecard.js';

/** Rules by which figures are made of invoices. */
export type FeatureSet = 1 | 2;

const FIRST_CARD = 'sme-invoice-v1';
const SECOND_CARD = 'sme-invoice-v2';

/** Features that a card was trained on: a figure of one set in the card of the other would mean something else. */
export function featureSetOf({ id }: Pick<Scorecard, 'id'>): FeatureSet {
  return id === FIRST_CARD ? 1 : 2;
}

/**
 * Card of one request: the configured one, except that an application whose invoices were verified before feature set v2 (its batch has no
 * `asOf`) keeps the features and the card it came under.
 */
export function scorecardFor(batch: Pick<InvoiceBatchRef, 'asOf'> | null | undefined, configured: Scorecard): Scorecard {
  return batch && batch.asOf === undefined && configured.id === SECOND_CARD ? loadScorecard(FIRST_CARD) : configured;
}
