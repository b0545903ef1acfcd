import type { ContactBlock } from '@millrace/contracts';
import type { CollectionParameters } from '@millrace/policy';
import { Problem, type ProblemDetails } from '@millrace/service';

const SENTENCES: Readonly<Record<ContactBlock, (rules: CollectionParameters) => Omit<ProblemDetails, 'status'>>> = {
  OUTSIDE_HOURS: ({ contactFromHour, contactUntilHour }) => ({
    code: 'CONTACT_OUTSIDE_HOURS',
    title: 'It is night; nobody may be spoken to about arrears.',
    detail: `Contacts are allowed from ${contactFromHour}:00 to ${contactUntilHour}:00 in Shanghai. The try was written down; the next one needs an id of its own.`,
  }),
  DAILY_LIMIT: ({ contactsPerDay }) => ({
    code: 'CONTACT_DAILY_LIMIT',
    title: 'This party was spoken to as often as a day allows.',
    detail: `${contactsPerDay} contacts a day are allowed, over all loans of the debtor, by lender and agency together. The try was written down; the next one needs an id of its own.`,
  }),
  PARTY_UNKNOWN: () => ({
    code: 'CONTACT_PARTY_UNKNOWN',
    title: 'The loan has no such guarantor.',
    detail: 'Only the debtor and the guarantors of the loan may be spoken to. The try was written down.',
  }),
};

/** The answer to a try that is written down as blocked. */
export const contactBlocked = (block: ContactBlock, rules: CollectionParameters): Problem => new Problem({ status: 409, ...SENTENCES[block](rules) });
