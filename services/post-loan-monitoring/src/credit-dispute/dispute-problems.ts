import { Problem } from '@millrace/service';

export function reportNotFiled(asOf: string): Problem {
  return new Problem({
    status: 409,
    code: 'REPORT_NOT_FILED',
    title: 'The bureau has taken in no report of the loan for that day.',
    detail: `Nothing of ${asOf} can be disputed. Nothing was changed.`,
  });
}

export function disputeOpen(): Problem {
  return new Problem({
    status: 409,
    code: 'DISPUTE_OPEN',
    title: 'Another dispute of the same report is open.',
    detail: 'It is answered first. Nothing was changed.',
  });
}

export function noSuchGuarantor(): Problem {
  return new Problem({
    status: 409,
    code: 'DISPUTE_PARTY_UNKNOWN',
    title: 'The loan has no such guarantor.',
    detail: 'A guarantor is named by a guarantee that stands for the loan. Nothing was changed.',
  });
}

export function onlyForBorrower(): Problem {
  return new Problem({
    status: 403,
    code: 'FORBIDDEN',
    title: 'A partner disputes for the borrower of its loan alone.',
    detail: 'A guarantor turns to the lender. Nothing was changed.',
  });
}

export function dayNotPossible(asOf: string, today: string): Problem {
  return new Problem({
    status: 422,
    code: 'DAY_NOT_POSSIBLE',
    title: 'It cannot have been disputed on that day.',
    detail: `It lies between ${asOf}, for which was reported, and today, ${today}. Nothing was changed.`,
  });
}
