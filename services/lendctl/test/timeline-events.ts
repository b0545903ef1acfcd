import { LoanApplicationSubmitted, LoanBooked, newId } from '@millrace/contracts';
import type { QuietInstallation } from './quiet-installation.js';

/** Ids of an application and its loan. */
export interface Story {
  readonly applicationId: string;
  readonly loanId: string;
}

/** Puts two steps of an application on the log, the first of them twice: the same fact under another event id is one step of the timeline. */
export async function appendStory(installation: QuietInstallation): Promise<Story> {
  const [applicationId, loanId] = [newId(), newId()];
  const submitted = new LoanApplicationSubmitted({
    applicationId,
    tenantId: 't1',
    partnerId: 'p1',
    productCode: 'invoice-loan',
    requestedAmountMinor: '30000000',
    currency: 'CNY',
    tenorMonths: 12,
    repaymentMethod: 'equal_instalment',
    uscc: '91990100MA0TE0001X',
    policyVersion: 'online_microloan.v0',
    submittedAt: '2026-03-02T01:00:00.000Z',
  });
  const cause = newId();
  const first = await installation.append(submitted, cause);
  await installation.append(submitted, cause);
  const terms = { principalMinor: '30000000', instalments: 12, instalmentMinor: '2586822', totalInterestMinor: '1041859' };
  await installation.append(new LoanBooked({ applicationId, loanId, ...terms, firstDueOn: '2026-04-02', maturesOn: '2027-03-02' }), first);
  return { applicationId, loanId };
}
