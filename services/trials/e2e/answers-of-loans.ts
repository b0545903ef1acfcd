import { newId } from '@millrace/contracts';
import {
  END_CLASS_FACT,
  EXTEND_LOAN,
  LIST_LOAN_CHANGES,
  RECORD_CLASS_FACT,
  RECORD_GUARANTEE,
  RECORD_PREPAYMENT,
  RESTRUCTURE_LOAN,
} from '@millrace/contracts/api';
import type { Lender } from './lender.js';

/** A part that is to be repaid early, told twice, and told so that it is refused; the bank has shown none of it. */
export async function prepay(lender: Lender, loanId: string, receivedOn: string): Promise<void> {
  const transfer = { amountMinor: '100000', currency: 'CNY', receivedOn, bankReference: 'EARLY' };
  const prepaymentId = newId();
  for (let times = 0; times < 2; times += 1) await lender.ask('demo-partner', RECORD_PREPAYMENT, { loanId, prepaymentId }, transfer);
  for (const wrong of [{ effect: 'lower_instalment' }, { effect: 'none' }, { amountMinor: '0' }, { amountMinor: '100001' }])
    await lender.call('demo-partner', 'PUT', `/v1/loans/${loanId}/prepayments/${newId()}`, { ...transfer, bankReference: 'EARLY', ...wrong });
}

/** What changes a loan besides its money, each asked for twice. */
export async function changeLoan(lender: Lender, loanId: string, from: string): Promise<void> {
  const by = 'demo-risk-officer';
  const [classFactId, classFactEndId] = [newId(), newId()];
  const fact = { kind: 'misuse', from, reason: 'monitoring_report' } as const;
  for (const ids of [
    { loanId, classFactId },
    { loanId, classFactId },
  ])
    await lender.ask(by, RECORD_CLASS_FACT, ids, fact);
  for (const kind of ['technical_delay', 'technical_delay', 'override'] as const)
    await lender.call(by, 'PUT', `/v1/loans/${loanId}/class-facts/${newId()}`, { ...fact, kind });
  const end = { classFactId, to: from, reason: 'resolved' } as const;
  for (const ids of [
    { loanId, classFactEndId },
    { loanId, classFactEndId },
  ])
    await lender.ask(by, END_CLASS_FACT, ids, end);
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/class-fact-ends/${newId()}`, { ...end, to: '2020-01-01' });
  await changeTerms(lender, loanId);
  await lender.ask(by, LIST_LOAN_CHANGES, { loanId });
}

/** Who stands for a loan, a longer term, and other terms, each asked for twice and once so that it is refused. */
async function changeTerms(lender: Lender, loanId: string): Promise<void> {
  const by = 'demo-account-manager';
  const [guaranteeId, extensionId, restructuringId, documentSha256] = [newId(), newId(), newId(), 'ab'.repeat(32)];
  const guarantee = { guarantorRef: 'GUARANTOR-1', kind: 'joint', limitMinor: '100', contractSha256: documentSha256 } as const;
  const extension = { months: 1, reason: 'season', requestSha256: documentSha256, consents: [] } as const;
  const terms = { rateBps: 400, hardship: 'other', evidenceSha256: documentSha256, consents: [] } as const;
  for (let times = 0; times < 2; times += 1) {
    await lender.ask(by, RECORD_GUARANTEE, { loanId, guaranteeId }, guarantee);
    await lender.ask(by, EXTEND_LOAN, { loanId, extensionId }, extension);
    await lender.ask(by, RESTRUCTURE_LOAN, { loanId, restructuringId }, terms);
  }
  await lender.call(by, 'GET', `/v1/loans/${loanId}/guarantees`);
  const claim = { guaranteeId, amountMinor: '100', ground: 'long_overdue', documentSha256 };
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/guarantee-claims/${newId()}`, claim);
  await lender.call('demo-payment-officer', 'PUT', `/v1/loans/${loanId}/guarantee-compensations/${newId()}`, { guaranteeId, bankReference: 'G-1' });
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/guarantees/${newId()}`, { ...guarantee, limitMinor: '0' });
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/extensions/${newId()}`, { ...extension, months: 13 });
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/restructurings/${newId()}`, { ...terms, instalments: 3 });
}

/** What is asked of the reserve for operational risk: it is topped up on request, and has nothing for a loss yet. */
export async function askOfReserve(lender: Lender, clients: readonly string[]): Promise<void> {
  const topUp = { amountMinor: '100', currency: 'CNY', reason: 'plan_short' };
  const reserveTopUpId = newId();
  for (const id of [reserveTopUpId, reserveTopUpId]) await lender.call('demo-risk-officer', 'PUT', `/v1/reserve/top-ups/${id}`, topUp);
  const use = { amountMinor: '100', currency: 'CNY', reason: 'system_failure', eventReference: 'OL-1' };
  await lender.call('demo-risk-officer', 'PUT', `/v1/reserve/uses/${newId()}`, use);
  for (const client of clients) {
    await lender.call(client, 'GET', '/v1/reports/reserve');
    await lender.call(client, 'GET', '/v1/reports/reserve?format=csv');
  }
}

/** What is asked of a loan that is none for it, and of a committee that was not convened: each is refused in the way that is described. */
export async function askOfLoan(lender: Lender, loanId: string, clients: readonly string[]): Promise<void> {
  const evidenceSha256 = 'a'.repeat(64);
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/write-offs/${newId()}`, { ground: 'long_demanded', evidenceSha256 });
  const buyer = { buyerName: '样例资产管理有限公司', buyerUscc: '91990100MA0LENDER2', contractReference: 'ZR-1', contractSha256: evidenceSha256 };
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/transfers/${newId()}`, { ...buyer, priceMinor: '100', transfersOn: '2126-03-10' });
  for (const client of clients) await lender.call(client, 'GET', `/v1/loans/${loanId}/transfer`);
  const served = { noticeServedOn: '2026-03-10', noticeChannel: 'registered_mail', noticeSha256: evidenceSha256 };
  const accelerationId = newId();
  for (const id of [accelerationId, accelerationId])
    await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/accelerations/${id}`, { ground: 'breach', ...served });
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/accelerations/${newId()}`, { ground: 'long_overdue', ...served });
  const dispute = { asOf: '2026-03-31', party: 'debtor', ground: 'wrong_amount', receivedOn: '2026-04-01' };
  for (const client of ['demo-partner', 'demo-risk-officer', 'demo-collector'])
    await lender.call(client, 'PUT', `/v1/loans/${loanId}/credit-disputes/${newId()}`, dispute);
  const demandId = newId();
  for (const id of [demandId, demandId])
    await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/demands/${id}`, {
      ...{ servedOn: '2026-03-10', channel: 'in_person', documentSha256: evidenceSha256 },
    });
  for (const client of clients) await lender.call(client, 'GET', `/v1/loans/${loanId}/legal-file`);
  const filed = { kind: 'suit', court: '上海金融法院', courtReference: '1', filedOn: '2026-03-10', claimMinor: '1', documentSha256: evidenceSha256 };
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/legal-cases/${newId()}`, filed);
  const ofCase = { legalCaseId: newId(), on: '2026-03-10', documentSha256: evidenceSha256 };
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/legal-case-updates/${newId()}`, { kind: 'hearing', ...ofCase });
  await lender.call('demo-risk-officer', 'PUT', `/v1/loans/${loanId}/legal-case-ends/${newId()}`, { outcome: 'won', ...ofCase });
  const committee = `/v1/loans/${loanId}/committees/${newId()}`;
  for (const client of clients) await lender.call(client, 'GET', committee);
  await lender.call('demo-approver', 'PUT', `${committee}/votes/${newId()}`, { decision: 'apply', reasonCode: 'ALL_MEANS_USED' });
  await lender.call('demo-approver', 'PUT', `${committee}/conflicts/${newId()}`, { reason: 'I know the owner.' });
  await lender.call('demo-approver', 'PUT', `${committee}/conclusions/${newId()}`);
}
