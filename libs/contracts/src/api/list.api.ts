import type { Fields } from './field.js';
import { day, form, instant, queryWhole } from './fields.js';

/** Place in a list; opaque, as what it is made of may change. */
const cursor = (meaning: string) => form(/^[A-Za-z0-9_-]{1,200}$/, 'the nextCursor of the page before', meaning, 'MDE5Y2FjM2Q');

/** What every list of applications or loans may be asked for; filters combine. */
export const LIST_QUERY = {
  from: day('First business day (Asia/Shanghai).', '2026-03-01').optional(),
  to: day('Last business day; it belongs to the range.', '2026-03-31').optional(),
  updatedSince: instant('What has changed at this instant or later: `nextUpdatedSince` of an earlier answer.').optional(),
  cursor: cursor('`nextCursor` of the page before, with the same filters.').optional(),
  limit: queryWhole(1, 200, 'Most rows of the page; 50 where it is not given.', 50),
} as const satisfies Fields;

/** What comes with the rows of a page. */
export const LIST_PAGE = {
  nextCursor: cursor('Send it as `cursor` to get the next page; null on the last one.').nullable(),
  nextUpdatedSince: instant('Send it as `updatedSince` in the next look, and no change is missed; a few seconds are told twice. It is the same on every page.'),
} as const satisfies Fields;
