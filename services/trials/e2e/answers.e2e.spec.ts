import { newId } from '@millrace/contracts';
import {
  ASSIGN_CASE,
  CANCEL_APPLICATION,
  DECLINE_OFFER,
  EVIDENCE,
  HAND_OVER_CASE,
  LIST_COLLECTION_CASES,
  MAKE_CONTACT,
  MAKE_PROMISE,
  LIST_REPAYMENTS,
  LIST_CONSENTS,
  LIST_SCORES,
  PROPOSE_ACCOUNT,
  RECOMPUTE_SCORE,
  REQUEST_REVERSAL,
  SHOW_ACCOUNT_CHANGE,
  SHOW_FIRST_PAYMENTS,
  SHOW_PORTFOLIO,
  SHOW_ROLL_RATES,
  SHOW_SCHEDULE,
  SHOW_VINTAGE,
  TASK_FIGURES,
  TELL_OUTCOME,
  WITHDRAW_CONSENT,
} from '@millrace/contracts/api';
import { S01_FIRM, S07_FIRM } from '../src/stage/scenario-firms.js';
import { eventually, type Answer } from '../src/stage/stage.js';
import { askOfFiles } from './answers-of-files.js';
import { askOfLoan, askOfReserve, changeLoan, prepay } from './answers-of-loans.js';
import { askOfPeople, PEOPLES } from './answers-of-people.js';
import { askOfDrawdown } from './answers-of-drawdown.js';
import { askOfDrafts } from './answers-of-drafts.js';
import { DocumentedAnswers } from './documented-answers.js';
import { Lender } from './lender.js';

// Goal: what the gateway really answers, to partners and to every role, is what docs/openapi.json says, field by field.
const documented = new DocumentedAnswers();

class WatchedLender extends Lender {
  override async send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const answer = await super.send(method, path, headers, body);
    documented.hold(method, path, answer.status, answer.headers.get('content-type') ?? '', answer.body);
    return answer;
  }
}

const lender = new WatchedLender();
const PARTNER = 'demo-partner';
const STAFF = ['demo-risk-officer', 'demo-approver', 'demo-payment-officer', 'demo-account-manager', 'demo-collector', 'demo-auditor', 'demo-compliance'];
const EVERYBODY = [PARTNER, ...STAFF];
/** What no run of this suite answers with a yes; each is held by an int suite of its owner. */
const NOT_SEEN = [
  ...['appeal_request', 'appeal_show', 'applicationFile_person', 'correction_file', 'drawdown_authorise'],
  ...['committee_conclude', 'committee_conflict', 'committee_show', 'committee_vote'],
  ...PEOPLES,
  ...[
    ...['loan_creditDispute', 'loan_guaranteeClaim', 'loan_guaranteeCompensation', 'loan_legalCase'],
    'loan_legalCaseEnd',
    'loan_legalCaseUpdate',
    'loan_letter',
    'loan_showTransfer',
    'loan_transfer',
    'loan_writeOff',
  ],
  'reserve_use',
  'reviewTask_requestSupplement',
  'supplement_answer',
];
/** A code that the catalogue of reasons does not have. */
const NO_REASON = 'NOBODY_KNOWS_THIS';

beforeAll(() => lender.start(), 60_000);
afterAll(() => lender.stop());

/** Everything that can be read of an application, as everybody: whoever may not is refused by a problem that is described too. */
async function readAll(applicationId: string, loanId?: string): Promise<void> {
  const base = `/v1/loan-applications/${applicationId}`;
  const parts = [
    '',
    '/offer',
    '/contract',
    '/guarantors',
    '/timeline',
    '/history',
    '/verification',
    '/screening',
    '/person',
    '/restricted-reads',
    '/scores',
    '/payouts',
    '/drawdown/rechecks',
    '/facility',
    '/consents',
    '/supplements',
    '/corrections',
    '/appeal',
  ];
  const ofLoan =
    loanId === undefined
      ? []
      : ['', '/schedule', '/repayments', '/debits', '/credit-reports', '/credit-disputes', '/letters', `/letters/${newId()}`, '/journal', '/timeline'].map(
          (part) => `/v1/loans/${loanId}${part}`,
        );
  const lists = [
    '/v1/products',
    '/v1/consent-texts',
    '/v1/disclosures',
    '/v1/tasks?limit=2',
    '/v1/tasks/counts',
    '/v1/loan-applications?limit=2',
    '/v1/loans?limit=2',
    '/v1/review-tasks?status=decided',
    '/v1/review-reasons',
  ];
  for (const path of [...parts.map((part) => `${base}${part}`), ...ofLoan, ...lists]) for (const client of EVERYBODY) await lender.call(client, 'GET', path);
}

test('a field, a status and an address that nobody described are faults, and so is a missing field', () => {
  const other = new DocumentedAnswers();
  other.hold('GET', '/v1/products', 200, 'application/json', { items: [], tenantId: 't1' });
  other.hold('GET', '/v1/products', 200, 'application/json; charset=utf-8', {});
  other.hold('GET', '/v1/products', 202, 'application/json', { items: [] });
  other.hold('GET', '/v1/secrets', 200, 'application/json', {});
  expect(other.faults).toEqual([
    expect.stringMatching(/^product_list 200: .*additional properties/),
    expect.stringMatching(/^product_list 200: .*required property 'items'/),
    'product_list: 202 application/json is not described',
    'GET /v1/secrets is not described',
  ]);
  other.hold('GET', '/v1/products', 200, 'application/json', { items: [] });
  expect(other.faults).toHaveLength(4);
});

test('what needs no token', async () => {
  for (const path of [
    '/v1/.well-known/jwks.json',
    '/.well-known/oauth-authorization-server',
    '/v1/event-schemas/dev.millrace.lending.loan-application.submitted.v1.json',
    '/v1/event-schemas/x.json',
  ])
    await lender.send('GET', path, {});
  await lender.send('POST', '/v1/oauth/token', {}, { grant_type: 'password' });
  await lender.send('POST', '/v1/oauth/token', {}, { grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'nothing' });
  await lender.send('GET', '/v1/products', {});
  expect(documented.faults).toEqual([]);
});

test('a loan from the application to its books', async () => {
  const firm = await lender.firm('documented', S01_FIRM);
  const applicationId = await lender.apply(firm);
  await lender.reaches(applicationId, 'OFFERED');
  await readAll(applicationId);
  const { loanId } = await lender.takeOffer(applicationId);
  const { items } = await lender.ask(PARTNER, SHOW_SCHEDULE, { loanId });
  const { dueOn, totalMinor } = items[0]!;
  await lender.moveTo(new Date(`${dueOn}T02:00:00Z`));
  const told = { repaymentId: newId(), bankReference: 'TOLD' };
  for (const amountMinor of ['5000', '900000000000']) await lender.report(loanId, amountMinor, dueOn);
  await lender.report(loanId, totalMinor, dueOn, told);
  await lender.repay(loanId, '7000', dueOn, { bankReference: 'TOLD' });
  await lender.report(loanId, totalMinor, dueOn, told);
  await prepay(lender, loanId, dueOn);
  const { items: repaid } = await lender.ask(PARTNER, LIST_REPAYMENTS, { loanId });
  const { repaymentId } = repaid.at(-1)!;
  const reversal = { loanId, reversalId: newId() };
  for (const ids of [reversal, reversal]) await lender.ask('demo-payment-officer', REQUEST_REVERSAL, ids, { repaymentId, reason: 'bounced' });
  await lender.call('demo-payment-officer', 'PUT', `/v1/loans/${loanId}/reversals/${newId()}`, { repaymentId, reason: 'bounced' });
  await changeLoan(lender, loanId, dueOn);
  await askOfLoan(lender, loanId, EVERYBODY);
  await askOfReserve(lender, EVERYBODY);
  await pursueLoan(loanId, items[1]!.dueOn);
  const scores = await lender.ask('demo-auditor', LIST_SCORES, { applicationId });
  await lender.ask('demo-auditor', RECOMPUTE_SCORE, { applicationId, scoreId: scores.items[0]!.scoreId });
  await readAll(applicationId, loanId);
  expect(documented.faults).toEqual([]);
}, 180_000);

/** The second instalment, whose day moves off the May holidays, is not paid: the loan has a case, whose debtor is spoken to by day as often as a day allows, and not by night. */
async function pursueLoan(loanId: string, dueOn: string): Promise<void> {
  const by = 'demo-collector';
  await lender.moveTo(new Date(Date.parse(`${dueOn}T02:00:00Z`) + 7 * 86_400_000));
  const { caseId } = await eventually('the case of the late loan', async () => {
    const { items } = await lender.ask(by, LIST_COLLECTION_CASES, { state: 'open', unassigned: 'true' });
    return items.find((one) => one.loanId === loanId);
  });
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/contacts/${newId()}`, { channel: 'call', party: 'debtor', madeBy: 'agency' });
  await lender.ask(by, ASSIGN_CASE, { caseId, assignmentId: newId() }, { collector: by });
  await lender.ask(by, HAND_OVER_CASE, { caseId, handoverId: newId() }, { agency: 'agency-1' });
  const contactId = newId();
  const call = { channel: 'call', party: 'debtor' } as const;
  for (const ids of [
    { loanId, contactId },
    { loanId, contactId },
  ])
    await lender.ask(by, MAKE_CONTACT, ids, call);
  await lender.ask(by, TELL_OUTCOME, { loanId, contactId, outcomeId: newId() }, { outcome: 'promised' });
  const blocked = newId();
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/contacts/${blocked}`, { ...call, party: 'guarantor', guarantorId: newId() });
  await lender.call(by, 'PUT', `/v1/loans/${loanId}/contacts/${blocked}/outcomes/${newId()}`, { outcome: 'reached' });
  for (let more = 0; more < 3; more += 1) await lender.call(by, 'PUT', `/v1/loans/${loanId}/contacts/${newId()}`, call);
  const promiseId = newId();
  const promise = { amountMinor: '100', payBy: '2099-01-01' };
  for (const ids of [
    { loanId, promiseId },
    { loanId, promiseId },
  ])
    await lender.ask(by, MAKE_PROMISE, ids, promise);
  for (const payBy of ['2099-01-01', '2020-01-01']) await lender.call(by, 'PUT', `/v1/loans/${loanId}/promises/${newId()}`, { ...promise, payBy });
  const paths = ['/v1/collection/cases', `/v1/collection/cases/${caseId}`, `/v1/loans/${loanId}/contacts`, `/v1/loans/${loanId}/promises`];
  for (const path of paths) for (const client of EVERYBODY) await lender.call(client, 'GET', path);
}

test('reports of the book on a day that is closed, as JSON and as CSV', async () => {
  await eventually('the close of a day', async () => (await lender.call('demo-risk-officer', 'GET', SHOW_PORTFOLIO.path)).status === 200);
  for (const { path } of [SHOW_PORTFOLIO, SHOW_VINTAGE, SHOW_ROLL_RATES, SHOW_FIRST_PAYMENTS]) {
    for (const client of EVERYBODY) await lender.call(client, 'GET', path);
    await lender.call('demo-auditor', 'GET', `${path}?date=2000-01-01`);
    const { status, body } = await lender.call('demo-auditor', 'GET', `${path}?format=csv`);
    expect([status, String(body).split('\r\n').length > 1]).toEqual([200, true]);
  }
  const { items } = await lender.ask('demo-auditor', SHOW_PORTFOLIO, {});
  expect(items.filter(({ dimension, value }) => dimension === 'all' || value === 'invoice-loan').map(({ loans }) => loans)).toEqual([1, 1]);
  expect(documented.faults).toEqual([]);
}, 60_000);

test('a person decides, an offer is declined, another application is withdrawn', async () => {
  const thin = await lender.apply(await lender.firm('documented-thin', S07_FIRM));
  await lender.reaches(thin, 'REVIEW_SINGLE');
  const { reviewTaskId } = await eventually('the review task', () => lender.openTask(thin));
  for (const client of EVERYBODY) await lender.call(client, 'GET', `/v1/review-tasks/${reviewTaskId}`);
  // Twice around: whoever took it gives it back, takes it again and hands it on to herself.
  for (const [what, body] of [['claims'], ['releases'], ['claims'], ['delegations', { to: 'demo-approver' }]] as const)
    await lender.call('demo-approver', 'PUT', `/v1/review-tasks/${reviewTaskId}/${what}/${newId()}`, body);
  const decide = (body: object): Promise<Answer> => lender.call('demo-approver', 'PUT', `/v1/review-tasks/${reviewTaskId}/decisions/${newId()}`, body);
  await decide({ decision: 'approve', reasonCode: NO_REASON });
  await askOfPeople(lender, EVERYBODY, thin);
  await decide({ decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the owner is known to us' });
  const { offer } = await lender.reaches(thin, 'OFFERED');
  await readAll(thin);
  await lender.ask(PARTNER, DECLINE_OFFER, { applicationId: thin, declineId: newId() }, { offerId: offer!.offerId, reasonCode: 'RATE_TOO_HIGH' });
  const withdrawn = await lender.apply(await lender.firm('documented-withdrawn', { ...S01_FIRM, seed: 102 }));
  await lender.ask(PARTNER, CANCEL_APPLICATION, { applicationId: withdrawn, cancellationId: newId() }, { reasonCode: 'CHANGED_MIND' });
  await lender.call(PARTNER, 'PUT', `/v1/loan-applications/${withdrawn}/cancellations/${newId()}`, { reason: 'x' });
  const { items: given } = await lender.ask(PARTNER, LIST_CONSENTS, { applicationId: withdrawn });
  const [consent, other] = given.map(({ consentId }) => ({ consentId }));
  const consentWithdrawal = { applicationId: withdrawn, withdrawalId: newId() };
  for (const ids of [consentWithdrawal, consentWithdrawal]) await lender.ask(PARTNER, WITHDRAW_CONSENT, ids, consent!);
  await lender.call(PARTNER, 'PUT', `/v1/loan-applications/${withdrawn}/consent-withdrawals/${newId()}`, consent);
  await lender.call(PARTNER, 'PUT', `/v1/loan-applications/${withdrawn}/consent-withdrawals/${consentWithdrawal.withdrawalId}`, other);
  await readAll(withdrawn);
  expect(documented.faults).toEqual([]);
}, 180_000);

test('another account is proposed after a refused payout', async () => {
  const firm = await lender.firm('documented-refused', { ...S01_FIRM, seed: 103 });
  const { accountName } = firm.bankAccount;
  const applicationId = await lender.apply(firm, { bankAccount: { accountName, accountNumber: '6200000000009001' } });
  await lender.sign(applicationId);
  await eventually('the refused payout', () => lender.openTask(applicationId));
  const ids = { applicationId, accountChangeId: newId() };
  await lender.ask(PARTNER, PROPOSE_ACCOUNT, ids, { bankAccount: { accountName, accountNumber: '6200000000004321' } });
  await lender.ask(PARTNER, SHOW_ACCOUNT_CHANGE, ids);
  await askOfDrawdown(lender, applicationId, NO_REASON);
  await readAll(applicationId);
  expect(documented.faults).toEqual([]);
}, 180_000);

test('drafts from their first field to their end; a file is uploaded, twice, and looked at', async () => {
  await askOfDrafts(lender, EVERYBODY);
  await askOfFiles(lender, await lender.apply(await lender.firm('documented-evidence', { ...S01_FIRM, seed: 104 })), EVERYBODY);
  expect(documented.faults).toEqual([]);
}, 60_000);

test('what steps have recorded and tasks show is described, so that none of it is cut off on its way out', async () => {
  const names = async (column: string, ...tables: string[]): Promise<string[]> => {
    const keys = tables.map((table) => `select jsonb_object_keys(${column}) as name from ${table}`).join(' union ');
    return (await lender.sql<{ name: string }>('loan_application', keys)).map(({ name }) => name);
  };
  const [evidence, figures] = [await names('evidence', 'application_history', 'drawdown_history'), await names('figures', 'review_task')];
  expect([evidence.length > 20, new Set(figures).size > 10]).toEqual([true, true]);
  expect([evidence.filter((name) => !(name in EVIDENCE.fields)), figures.filter((name) => !(name in TASK_FIGURES.fields))]).toEqual([[], []]);
});

test('every operation of the document was answered here, but for those that are named', () => {
  expect(
    documented
      .all()
      .filter((operation) => !documented.answered().includes(operation))
      .sort(),
  ).toEqual([...NOT_SEEN].sort());
});
