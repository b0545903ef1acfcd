import { KycPassed, LoanDisbursed, newId, ScoreComputed } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { PARTNER, RISK_OFFICER, TestService, until, type Answer } from '@millrace/testing';
import { loanApplication } from '../src/loan-application.module.js';
import { clean, consentsOf, FACTS, provenanceOf, score, submission, type SubmissionBody } from './submission.js';

/** The hub on a database of its own; outside it is only the e-signature service. */
export function startHub(providersUrl: string, logTo?: { write(line: string): void }, startAt?: Date): Promise<TestService> {
  const environment = { MILLRACE_PROVIDERS_URL: providersUrl, MILLRACE_ESIGN_TIMEOUT_MS: '500' };
  return TestService.start(loanApplication, { environment, ...(logTo ? { logTo } : {}), ...(startAt ? { startAt } : {}) });
}

/** Submits a firm of its own; returns the application's id. */
export async function submit(hub: TestService, change: Partial<SubmissionBody> = {}, by: Principal = PARTNER): Promise<string> {
  const applicationId = newId();
  const { status, body } = await hub.call('PUT', `/loan-applications/${applicationId}`, by, submission({ consents: consentsOf(hub.clock.now()), ...change }));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return applicationId;
}

/** Where the whole stands: the status of the loan, else of the drawdown, else of the application. */
export async function statusOf(hub: TestService, applicationId: string): Promise<string> {
  const { status, drawdown, loan } = (await hub.call('GET', `/loan-applications/${applicationId}`, RISK_OFFICER)).body;
  return String(loan?.status ?? drawdown?.status ?? status);
}

/** The open review task of an application, as staff see it. */
export async function taskOf(hub: TestService, applicationId: string): Promise<Answer['body']> {
  const { body } = await hub.call('GET', '/review-tasks?status=open&limit=200', RISK_OFFICER);
  return body.items.find((item: { applicationId: string }) => item.applicationId === applicationId);
}

/** Brings an application to an offer by T0. */
export async function offered(hub: TestService, change: Partial<SubmissionBody> = {}): Promise<string> {
  const applicationId = await submit(hub, change);
  const facts = { ...FACTS, provenance: provenanceOf(hub.clock.now().toISOString()) };
  await hub.deliver(new KycPassed(clean(applicationId, { facts })));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  return applicationId;
}

/** Brings an application to a contract; returns its hash. */
export async function contracting(hub: TestService): Promise<{ applicationId: string; contractSha256: string }> {
  return accepted(hub, await offered(hub));
}

/** Takes the offer of an application, its cost sheet shown first. */
export async function accepted(hub: TestService, applicationId: string): Promise<{ applicationId: string; contractSha256: string }> {
  const { body: offer } = await hub.call('GET', `/loan-applications/${applicationId}/offer`);
  const acceptance = { offerId: offer.offerId, costSheetAcknowledged: true };
  const { body } = await hub.call('PUT', `/loan-applications/${applicationId}/offer-acceptances/${newId()}`, PARTNER, acceptance);
  return { applicationId, contractSha256: body.contract.contractSha256 };
}

/** Brings an application to the payment. */
export async function disbursing(hub: TestService): Promise<{ applicationId: string; loanId: string }> {
  const { applicationId, contractSha256 } = await contracting(hub);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED');
  return { applicationId, loanId: (await hub.call('GET', `/loan-applications/${applicationId}`)).body.loanId };
}

/** Payout that the hub has ordered last. */
export async function orderedPayout(hub: TestService, applicationId: string): Promise<string> {
  const order = (await hub.events(applicationId)).findLast(({ type }) => type === 'disbursement-requested')!;
  return order.payload['payoutId'] as string;
}

export async function paid(hub: TestService, applicationId: string, loanId: string): Promise<LoanDisbursed> {
  const payoutId = await orderedPayout(hub, applicationId);
  return new LoanDisbursed({
    applicationId,
    loanId,
    payoutId,
    amountMinor: '30000000',
    currency: 'CNY',
    bankReference: `B-${payoutId}`,
    paidAt: '2026-03-02T16:30:00.000Z',
  });
}

/** A file of the application, as kyc-antifraud has kept it; returns its id. */
export async function uploaded(hub: TestService, applicationId: string): Promise<string> {
  const evidenceId = newId();
  const file = { kind: 'other', mediaType: 'application/pdf', bytes: 1_000, sha256: 'ab'.repeat(32), scan: 'clean' };
  const { status, body } = await hub.call('PUT', `/loan-applications/${applicationId}/evidence/${evidenceId}`, PARTNER, file);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return evidenceId;
}
