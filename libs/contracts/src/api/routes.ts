import { LIST_PRODUCTS } from './product.api.js';
import { CLAIM_REVIEW, COUNT_TASKS, DELEGATE_REVIEW, LIST_TASKS, RELEASE_REVIEW } from './task.api.js';
import type { Route } from './route.js';
import { LIST_CONSENT_TEXTS, LIST_CONSENTS, LIST_DISCLOSURES } from './text.api.js';

/** Every route of the public API, in the order of the document. */
export const ROUTES: readonly Route[] = [
  LIST_PRODUCTS,
  LIST_CONSENT_TEXTS,
  LIST_DISCLOSURES,
  LIST_CONSENTS,
  LIST_TASKS,
  COUNT_TASKS,
  CLAIM_REVIEW,
  RELEASE_REVIEW,
  DELEGATE_REVIEW,
];
