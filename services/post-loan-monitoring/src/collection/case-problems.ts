import { Problem } from '@millrace/service';

/** A case of which nothing is left to be done. */
export const caseClosed = (): Problem =>
  new Problem({
    status: 409,
    code: 'CASE_CLOSED',
    title: 'The arrears are gone, and so is the case.',
    detail: 'A loan that becomes late again has a case of its own. Nothing was changed.',
  });

/** A case that a colleague has. */
export const claimedByOther = (login: string): Problem =>
  new Problem({
    status: 409,
    code: 'CLAIMED_BY_OTHER',
    title: 'A colleague works on this case.',
    detail: `It is with ${login}; only that colleague and a risk officer give it to somebody else. Nothing was changed.`,
  });
