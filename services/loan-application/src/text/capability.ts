import { defineCapability } from '@millrace/service';
import { checkTexts } from './published-texts.js';

/** Texts of consents and disclosures that the lender publishes, and which of them an applicant has agreed to. */
export const text = defineCapability({
  name: 'text',
  face: ['consent-text-policy', 'published-texts', 'read-consents', 'text.dto'],
  check: checkTexts,
});
