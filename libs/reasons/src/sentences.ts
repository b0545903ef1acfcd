import { Phrasebook } from './phrasebook.js';
import { COSTS } from './phrases/costs.js';
import { FIELD_ERRORS } from './phrases/field-errors.js';
import { PROBLEMS_OF_ACCESS } from './phrases/problems-of-access.js';
import { PROBLEMS_OF_HEARING } from './phrases/problems-of-hearing.js';
import { PROBLEMS_OF_EVIDENCE } from './phrases/problems-of-evidence.js';
import { PROBLEMS_OF_LENDING } from './phrases/problems-of-lending.js';
import { PROBLEMS_OF_CHANGES } from './phrases/problems-of-changes.js';
import { PROBLEMS_OF_LOANS } from './phrases/problems-of-loans.js';
import { PROBLEMS_OF_COLLECTION } from './phrases/problems-of-collection.js';
import { PROBLEMS_OF_REPAYMENT } from './phrases/problems-of-repayment.js';
import { PROBLEMS_OF_REQUESTS } from './phrases/problems-of-requests.js';
import { TERMS } from './phrases/terms.js';
import { TIMELINE } from './phrases/timeline.js';

/** Every sentence that an answer may hold beside its reasons: problems with their fields, the timeline, and the costs of an offer. */
export const PHRASES = [
  ...PROBLEMS_OF_REQUESTS,
  ...PROBLEMS_OF_ACCESS,
  ...PROBLEMS_OF_EVIDENCE,
  ...PROBLEMS_OF_LENDING,
  ...PROBLEMS_OF_HEARING,
  ...PROBLEMS_OF_CHANGES,
  ...PROBLEMS_OF_LOANS,
  ...PROBLEMS_OF_REPAYMENT,
  ...PROBLEMS_OF_COLLECTION,
  ...FIELD_ERRORS,
  ...Object.values(TIMELINE),
  ...Object.values(COSTS),
];

export const SENTENCES = new Phrasebook(PHRASES, TERMS);
