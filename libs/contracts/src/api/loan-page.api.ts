import type { Fields } from './field.js';
import { form, queryWhole } from './fields.js';

const cursor = (meaning: string) => form(/^\d{1,18}$/, 'the nextCursor of the page before', meaning, '17');

/** Query of the pages of a loan. */
export const LOAN_PAGE = {
  cursor: cursor('`nextCursor` of the page before.').optional(),
  limit: queryWhole(1, 500, 'Most rows of the page; 100 where it is not given.', 100),
} as const satisfies Fields;

export const NEXT_CURSOR = cursor('Send it as `cursor` to get the next page; null on the last one.').nullable();
