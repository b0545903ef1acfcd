import type { ApplicationAnswer } from '@millrace/contracts/api';
import type { Draft } from '../draft/draft.entity.js';
import { DRAFT_PROCESS } from '../process/draft-process.js';

function companyOf({ company = {} }: Draft['fields']): ApplicationAnswer['company'] {
  const { uscc, name, declaredRevenueMinor, industryCode, ...more } = company;
  if (uscc === undefined || name === undefined || declaredRevenueMinor === undefined || industryCode === undefined) return null;
  return { uscc, name, declaredRevenueMinor, industryCode, ...more };
}

/** An application that is still a draft, or never became more, in the form of an application: what it does not say is null. */
export function draftedView({ applicationId, status, fields, updatedAt, deadlineAt }: Draft): ApplicationAnswer {
  return {
    applicationId,
    status: status as ApplicationAnswer['status'],
    productCode: fields.productCode ?? null,
    requestedAmountMinor: fields.requestedAmountMinor ?? null,
    currency: fields.currency ?? null,
    tenorMonths: fields.tenorMonths ?? null,
    repaymentMethod: fields.repaymentMethod ?? null,
    purpose: fields.purpose ?? null,
    renewsLoanId: fields.renewsLoanId ?? null,
    company: companyOf(fields),
    submittedAt: null,
    updatedAt: updatedAt.toISOString(),
    deadlineAt: deadlineAt?.toISOString() ?? null,
    waitingFor: DRAFT_PROCESS.rule(status).waitingFor,
    ...{ decision: null, score: null, review: null, offer: null, contract: null, drawdown: null, loan: null, loanId: null },
  };
}
