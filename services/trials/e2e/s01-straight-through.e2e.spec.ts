import { newId } from '@millrace/contracts';
import { expectBalancedBooks, expectSoundStory } from './invariants.js';
import { Lender } from './lender.js';
import { S01_FIRM } from './scenario-firms.js';

// Goal: S01, from submission to settlement, over HTTP, with nobody at the lender acting. Method: the injected clock is moved from due date to due date.
const lender = new Lender();
const INSTALMENT_MINOR = '2586822';
const LAST_INSTALMENT_MINOR = '2586817';

beforeAll(() => lender.start());
afterAll(() => lender.stop());

test('S01: straight through, paid once, repaid in twelve instalments, settled', async () => {
  const firm = await lender.firm('s01', S01_FIRM);
  const applicationId = await lender.apply(firm);
  const base = `/v1/loan-applications/${applicationId}`;

  const offered = await lender.reaches(applicationId, 'OFFERED');
  expect(offered.score).toBeNull();
  const { body: forStaff } = await lender.call('demo-risk-officer', 'GET', base);
  expect(forStaff.score).toMatchObject({ score: 700, grade: 'R4', limitMinor: '32000000', rateBps: 635 });
  expect(offered.decision).toMatchObject({ outcome: 'approved', tier: 'T0', amountMinor: '30000000', rateBps: 635 });
  const { body: offer } = await lender.call('demo-partner', 'GET', `${base}/offer`);
  // G-PR-02: the all-in cost is on the table before anything is signed.
  expect(Math.round(offer.effectiveAnnualRateBps)).toBe(654);
  expect(offer.costSheet).toBeTruthy();
  expect(offered.contract).toBeNull();

  const { loanId } = await lender.takeOffer(applicationId);
  const { debits, payees } = await lender.sandbox('GET', '/sandbox/counters');
  expect(Object.values(debits)).toEqual([1]);
  expect(payees).toEqual([expect.objectContaining({ payeeAccount: firm.bankAccount.accountNumber, debits: 1, totalMinor: '30000000' })]);

  const { body: schedule } = await lender.call('demo-partner', 'GET', `/v1/loans/${loanId}/schedule`);
  const totals = schedule.items.map((row: { totalMinor: string }) => row.totalMinor);
  expect(totals).toEqual([...Array<string>(11).fill(INSTALMENT_MINOR), LAST_INSTALMENT_MINOR]);
  expect(schedule.totals.interestMinor).toBe('1041859');

  for (const [at, row] of (schedule.items as { dueOn: string; totalMinor: string }[]).entries()) {
    lender.moveTo(new Date(`${row.dueOn}T02:00:00Z`));
    const { status } = await lender.call('demo-partner', 'PUT', `/v1/loans/${loanId}/repayments/${newId()}`, {
      amountMinor: row.totalMinor,
      currency: 'CNY',
      receivedOn: row.dueOn,
      bankReference: `S01-${at + 1}`,
    });
    expect(status).toBe(201);
  }
  await lender.reaches(applicationId, 'SETTLED');
  const { body: loan } = await lender.call('demo-partner', 'GET', `/v1/loans/${loanId}`);
  expect(loan).toMatchObject({ status: 'SETTLED', outstandingPrincipalMinor: '0', dpd: 0 });

  expect(await lender.openTask(applicationId)).toBeUndefined();
  const { body: decided } = await lender.call('demo-risk-officer', 'GET', '/v1/review-tasks?status=decided&limit=50');
  expect(decided.items).toEqual([]);
  await expectBalancedBooks(lender, loanId);
  await expectSoundStory(lender, applicationId, firm);

  const { body: timeline } = await lender.call('demo-partner', 'GET', `${base}/timeline`);
  const types = timeline.items.map((entry: { type: string }) => entry.type.replace(/^dev\.millrace\.lending\.[a-z-]+\./, '').replace(/\.v\d+$/, ''));
  expect(types).toEqual(
    expect.arrayContaining([
      'submitted',
      'kyc-requested',
      'scoring-requested',
      'approved',
      'offer-issued',
      'contract-signed',
      'loan-activated',
      'loan-booked',
      'repayment-received',
      'loan-settled',
      'loan-closed',
    ]),
  );
  for (const entry of timeline.items)
    expect(entry).toMatchObject({ occurredAt: expect.any(String), actor: { kind: expect.any(String), id: expect.any(String) } });
}, 120_000);
