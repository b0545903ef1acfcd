import { defineCapability } from '@millrace/service';

/** Texts of consents and disclosures that the lender publishes, and which of them an applicant has agreed to. */
export const text = defineCapability({
  name: 'text',
  face: ['consent-text-policy', 'consent.dto', 'given-consents', 'published-texts', 'read-consents', 'released-texts', 'shown-disclosures', 'text.dto'],
});
