import { RIGHTS, STAFF_ROLES, type StaffRole } from '@millrace/service';

/** Who may use one endpoint. What a reader sees inside it may still depend on the role: the notes say so. */
export interface Access {
  /** No token is asked for. */
  readonly open?: true;
  readonly partner: boolean;
  readonly roles: readonly StaffRole[];
  /** What is left out for some of them. */
  readonly note?: string;
}

const open: Access = { open: true, partner: true, roles: STAFF_ROLES };
const everybody = (note?: string): Access => ({ partner: true, roles: STAFF_ROLES, ...(note ? { note } : {}) });
const staff = (roles: readonly StaffRole[], note?: string): Access => ({ partner: false, roles, ...(note ? { note } : {}) });
const customerSide = (...more: readonly StaffRole[]): Access => ({ partner: true, roles: ['account_manager', ...more] });

const A = '/v1/loan-applications';
const ONE = `${A}/:applicationId`;
const LOAN = '/v1/loans/:loanId';
const DRAFT = '/v1/drafts/:applicationId';
const OF_APPLICATION = `score, grade and limit: ${RIGHTS.score.join(', ')}; what a bureau said: ${RIGHTS.bureau.join(', ')}; all others read what the applicant is told`;

/**
 * The one table of access: method and path of every endpoint, and who may use it (R-OP-06). The guard asks nothing else; an endpoint that is not here
 * is closed to all. `docs/access.md` is made from it.
 */
export const ACCESS_TABLE: Readonly<Record<string, Access>> = {
  'POST /v1/oauth/token': open,
  'GET /v1/.well-known/jwks.json': open,
  'GET /.well-known/oauth-authorization-server': open,
  'GET /v1/event-schemas/:name': open,

  'GET /v1/products': everybody(),
  'GET /v1/consent-texts': everybody(),
  'GET /v1/disclosures': everybody(),
  [`GET ${A}`]: everybody(`partners: their own; ${OF_APPLICATION}`),
  [`GET ${ONE}`]: everybody(`partners: their own; ${OF_APPLICATION}`),
  [`PUT ${ONE}`]: customerSide(),
  [`PUT ${ONE}/cancellations/:cancellationId`]: customerSide(),
  [`GET ${ONE}/supplements`]: everybody('partners: their own'),
  [`PUT ${ONE}/supplements/:supplementId`]: customerSide(),
  [`GET ${ONE}/corrections`]: everybody('partners: their own'),
  [`PUT ${ONE}/corrections/:correctionId`]: customerSide(),
  [`GET ${ONE}/appeal`]: everybody(`partners: their own; scores: ${RIGHTS.score.join(', ')}`),
  [`PUT ${ONE}/appeals/:appealId`]: customerSide(),
  [`GET ${ONE}/offer`]: everybody('partners: their own'),
  [`PUT ${ONE}/offer-acceptances/:acceptanceId`]: customerSide(),
  [`PUT ${ONE}/offer-declines/:declineId`]: customerSide(),
  [`GET ${ONE}/contract`]: everybody('partners: their own'),
  [`GET ${ONE}/guarantors`]: everybody('partners: their own'),
  [`PUT ${ONE}/signatures/:signatureId`]: customerSide(),
  [`GET ${ONE}/account-changes/:accountChangeId`]: everybody('partners: their own'),
  [`PUT ${ONE}/account-changes/:accountChangeId`]: customerSide(),
  [`GET ${DRAFT}`]: customerSide(),
  ...Object.fromEntries(
    ['', '/consents/:consentId', '/consents/:consentId/withdrawal', '/disclosure-views/:viewId', '/cancellation', '/submission'].map((what) => [
      `PUT ${DRAFT}${what}`,
      customerSide(),
    ]),
  ),
  [`GET ${ONE}/consents`]: everybody('partners: their own'),
  [`PUT ${ONE}/consent-withdrawals/:withdrawalId`]: customerSide(),
  [`PUT ${ONE}/evidence/:evidenceId`]: customerSide('risk_officer', 'credit_approver', 'payment_officer'),
  [`GET ${ONE}/evidence`]: everybody('partners: of their own applications'),
  [`GET ${ONE}/evidence/:evidenceId`]: everybody('as the list'),
  [`GET ${ONE}/evidence/:evidenceId/content`]: staff(RIGHTS.evidence, 'each look is kept'),
  [`GET ${ONE}/timeline`]: everybody('partners: their own, without the names of staff; reasons as the applicant is told them'),

  [`GET ${ONE}/history`]: staff(RIGHTS.history, `that a decision was for fraud: ${RIGHTS.fraudDecision.join(', ')}`),
  [`GET ${ONE}/verification`]: staff(
    RIGHTS.verification,
    `what a bureau said: ${RIGHTS.bureau.join(', ')}; what points at a list: ${RIGHTS.screening.join(', ')}`,
  ),
  [`GET ${ONE}/screening`]: staff(RIGHTS.screening, 'each look is kept'),
  [`GET ${ONE}/person`]: staff(RIGHTS.person, 'only where the verification was referred to people; each look is kept'),
  [`GET ${ONE}/restricted-reads`]: staff(RIGHTS.restrictedReads, `looks at hits on lists: ${RIGHTS.screening.join(', ')}`),
  [`GET ${ONE}/scores`]: staff(RIGHTS.score),
  [`GET ${ONE}/scores/:scoreId/recomputation`]: staff(RIGHTS.score),
  [`GET ${ONE}/payouts`]: staff(RIGHTS.payout),
  [`GET ${ONE}/drawdown/rechecks`]: staff(RIGHTS.payout),
  [`PUT ${ONE}/drawdown/authorisations/:authorisationId`]: staff(['payment_officer'], 'two persons, neither of whom made or decided about the application'),
  [`PUT ${ONE}/drawdown/cancellations/:cancellationId`]: customerSide(),
  [`GET ${ONE}/facility`]: staff(RIGHTS.payout),
  [`PUT ${ONE}/facility-changes/:facilityChangeId`]: staff(RIGHTS.facility),

  [`PUT ${ONE}/sample-findings/:findingId`]: staff(['credit_approver'], 'of an approval of the engine that is in the sample'),
  'GET /v1/reports/engine-sample': staff(RIGHTS.portfolioReport),
  [`GET ${ONE}/visits`]: staff(RIGHTS.reviewTask),
  [`PUT ${ONE}/visits/:visitId`]: staff(['credit_approver', 'risk_officer'], 'the investigator is nobody who has a duty that excludes it'),
  [`PUT ${ONE}/visits/:visitId/reports/:reportId`]: staff(['credit_approver', 'risk_officer'], 'the investigator of the plan; does not decide on the loan'),
  [`GET ${ONE}/committees/:taskId`]: staff(RIGHTS.reviewTask),
  ...Object.fromEntries(
    ['votes/:voteId', 'conflicts/:conflictId', 'conclusions/:conclusionId', 'motions/:motionId'].map((what) => [
      `PUT ${ONE}/committees/:taskId/${what}`,
      staff(
        ['credit_approver', 'risk_officer', 'account_manager'],
        'account_manager: always refused, and as a breach of the separation of duties where it is the own firm; a no of risk_officer decides alone',
      ),
    ]),
  ),

  'GET /v1/review-reasons': staff(RIGHTS.reviewTask),
  'GET /v1/review-tasks': staff(RIGHTS.reviewTask, `figures of an approval: ${RIGHTS.score.join(', ')}; what a bureau said: ${RIGHTS.bureau.join(', ')}`),
  'GET /v1/review-tasks/:reviewTaskId': staff(RIGHTS.reviewTask, 'as the list'),
  'PUT /v1/review-tasks/:reviewTaskId/decisions/:decisionId': staff(
    ['risk_officer', 'credit_approver', 'payment_officer'],
    'verification: risk_officer; approval: credit_approver; disbursement: payment_officer; nobody decides two stages of one application',
  ),

  'PUT /v1/review-tasks/:reviewTaskId/supplement-requests/:supplementRequestId': staff(
    ['risk_officer', 'credit_approver'],
    'verification: risk_officer; approval: credit_approver',
  ),

  ...Object.fromEntries(
    ['claims/:claimId', 'releases/:releaseId', 'delegations/:delegationId'].map((what) => [
      `PUT /v1/review-tasks/:reviewTaskId/${what}`,
      staff(['risk_officer', 'credit_approver', 'payment_officer'], 'the role of the task’s stage'),
    ]),
  ),

  'GET /v1/tasks': staff(RIGHTS.reviewTask, 'tasks of all services: what, for whom, since when; what was found is read at the review task'),
  'GET /v1/tasks/counts': staff(RIGHTS.reviewTask),

  'GET /v1/loans': everybody('partners: their own'),
  [`GET ${LOAN}`]: everybody('partners: their own'),
  [`GET ${LOAN}/schedule`]: everybody('partners: their own'),
  [`GET ${LOAN}/letters`]: everybody('partners: their own, and no letter to a guarantor'),
  [`GET ${LOAN}/letters/:letterId`]: everybody('as the list'),
  [`GET ${LOAN}/credit-reports`]: staff(RIGHTS.loanChanges),
  [`GET ${LOAN}/credit-disputes`]: { partner: true, roles: RIGHTS.loanChanges, note: 'partners: their own, and none of a guarantor' },
  [`PUT ${LOAN}/credit-disputes/:creditDisputeId`]: {
    partner: true,
    roles: ['risk_officer', 'account_manager'],
    note: 'partners: for the borrower of a loan of theirs',
  },
  [`GET ${LOAN}/debits`]: staff(RIGHTS.payout),
  [`GET ${LOAN}/repayments`]: everybody('partners: their own'),
  [`GET ${LOAN}/timeline`]: everybody('partners: their own'),
  [`PUT ${LOAN}/repayments/:repaymentId`]: { partner: true, roles: ['payment_officer'] },
  [`PUT ${LOAN}/prepayments/:prepaymentId`]: { partner: true, roles: ['payment_officer'] },
  [`PUT ${LOAN}/reversals/:reversalId`]: staff(['payment_officer']),
  [`GET ${LOAN}/changes`]: staff(RIGHTS.loanChanges),
  [`PUT ${LOAN}/class-facts/:classFactId`]: staff(['risk_officer'], 'what makes the class better waits for two persons'),
  [`PUT ${LOAN}/class-fact-ends/:classFactEndId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/accelerations/:accelerationId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/demands/:demandId`]: staff(['risk_officer']),
  [`GET ${LOAN}/legal-file`]: staff(RIGHTS.loanChanges),
  [`PUT ${LOAN}/legal-cases/:legalCaseId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/legal-case-updates/:legalCaseUpdateId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/legal-case-ends/:legalCaseEndId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/write-offs/:writeOffId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/transfers/:transferId`]: staff(['risk_officer']),
  [`GET ${LOAN}/transfer`]: staff(RIGHTS.loanChanges),
  [`GET ${LOAN}/committees/:taskId`]: staff(RIGHTS.reviewTask),
  ...Object.fromEntries(
    ['votes/:voteId', 'conflicts/:conflictId', 'conclusions/:conclusionId'].map((what) => [
      `PUT ${LOAN}/committees/:taskId/${what}`,
      staff(['credit_approver', 'risk_officer'], 'nobody decides what he or she has asked for; a no of risk_officer decides alone'),
    ]),
  ),
  [`PUT ${LOAN}/guarantees/:guaranteeId`]: staff(['account_manager']),
  [`GET ${LOAN}/guarantees`]: staff(RIGHTS.loanChanges),
  [`PUT ${LOAN}/guarantee-claims/:guaranteeClaimId`]: staff(['risk_officer']),
  [`PUT ${LOAN}/guarantee-compensations/:guaranteeCompensationId`]: staff(['payment_officer']),
  [`PUT ${LOAN}/extensions/:extensionId`]: staff(['account_manager']),
  [`PUT ${LOAN}/restructurings/:restructuringId`]: staff(['account_manager']),
  [`GET ${LOAN}/journal`]: staff(RIGHTS.journal),

  ...Object.fromEntries(
    ['portfolio', 'vintage', 'roll-rates', 'first-payment-default', 'reserve'].map((report) => [`GET /v1/reports/${report}`, staff(RIGHTS.portfolioReport)]),
  ),
  'PUT /v1/reserve/uses/:reserveUseId': staff(['risk_officer'], 'two other persons decide'),
  'PUT /v1/reserve/top-ups/:reserveTopUpId': staff(['risk_officer'], 'two other persons decide'),
  'GET /v1/collection/cases': staff(RIGHTS.collection),
  'GET /v1/collection/cases/:caseId': staff(RIGHTS.collection),
  'PUT /v1/collection/cases/:caseId/assignments/:assignmentId': staff(
    ['collector', 'risk_officer'],
    'a collector takes a case that nobody has, and hands on or gives back an own one; a risk_officer gives any case to anybody',
  ),
  'PUT /v1/collection/cases/:caseId/handovers/:handoverId': staff(['collector', 'risk_officer'], 'a collector: a case that no colleague has'),
  [`GET ${LOAN}/contacts`]: staff(RIGHTS.collection),
  [`PUT ${LOAN}/contacts/:contactId`]: staff(['collector'], 'a loan whose case no colleague has'),
  [`PUT ${LOAN}/contacts/:contactId/outcomes/:outcomeId`]: staff(['collector']),
  [`GET ${LOAN}/promises`]: staff(RIGHTS.collection),
  [`PUT ${LOAN}/promises/:promiseId`]: staff(['collector'], 'a loan whose case no colleague has'),
};

/** Who may use the route; undefined for one that the table has not. */
export function accessTo(method: string, route: string): Access | undefined {
  // An answer without its body shows no more than the answer.
  return ACCESS_TABLE[`${method === 'HEAD' ? 'GET' : method} ${route}`];
}

/** True where the table lets a client of this kind and these roles in. */
export function isAllowed(client: { readonly kind: string; readonly roles: readonly string[] }, access: Access | undefined): boolean {
  if (!access) return false;
  if (client.kind === 'partner') return access.partner;
  return client.kind === 'staff' && access.roles.some((role) => client.roles.includes(role));
}

/** Who it is open to, for the refusal. */
export function audienceOf(access: Access | undefined): string {
  if (!access) return 'nobody';
  return [...(access.partner ? ['partners'] : []), ...access.roles].join(', ');
}
