import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { expectBalancedBooks } from './balanced-books.js';
import type { Answer } from '../src/stage/stage.js';
import { Lender } from './lender.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: an account that the bank does not know is mended by a signed addendum, and the loan is paid once (T18).
const lender = new Lender();

beforeAll(() => lender.start(), 60_000);
afterAll(() => lender.stop());

test('T18: refused, the same account again 409, addendum signed, paid once to the new account', async () => {
  const firm = await lender.firm('refused-payout', S01_FIRM);
  const { accountName } = firm.bankAccount;
  const wrong = { accountName, accountNumber: '6200000000009001' };
  const applicationId = await lender.apply(firm, { bankAccount: wrong });
  const base = `/v1/loan-applications/${applicationId}`;
  const mine = (method: string, path: string, body?: unknown): Promise<Answer> => lender.call('demo-partner', method, `${base}${path}`, body);
  const sign = (contractSha256: string): Promise<Answer> => mine('PUT', `/signatures/${newId()}`, { contractSha256 });
  await lender.reaches(applicationId, 'OFFERED');
  const { body: offer } = await mine('GET', '/offer');
  await mine('PUT', `/offer-acceptances/${newId()}`, { offerId: offer.offerId, costSheetAcknowledged: true });
  const { contract } = await lender.reaches(applicationId, 'CONTRACTING');
  await sign(contract!.contractSha256);
  await lender.reaches(applicationId, 'HELD');

  const approve = async (): Promise<Answer> => {
    const { reviewTaskId } = await until(() => lender.openTask(applicationId), 'the review task');
    const body = { decision: 'approve', reasonCode: 'ACCOUNT_CORRECTED', comment: 'told by telephone' };
    return lender.call('demo-payment-officer', 'PUT', `/v1/review-tasks/${reviewTaskId}/decisions/${newId()}`, body);
  };
  expect(await approve()).toMatchObject({ status: 409, body: { code: 'ACCOUNT_REFUSED' } });
  const again = await mine('PUT', `/account-changes/${newId()}`, { bankAccount: wrong });
  expect(again).toMatchObject({ status: 409, body: { code: 'ACCOUNT_NOT_NEW' } });

  const { status, body: change } = await mine('PUT', `/account-changes/${newId()}`, { bankAccount: { accountName, accountNumber: '6200000000004321' } });
  expect([status, change.payeeAccount]).toEqual([200, '6200********4321']);
  expect((await sign(change.addendumSha256)).status).toBe(202);
  await until(async () => (await mine('GET', `/account-changes/${change.accountChangeId}`)).body.status === 'signed', 'the signed addendum');
  expect((await approve()).status).toBe(200);

  const { loanId } = await lender.paid(applicationId);
  const payouts = await lender.sql<{ status: string; payee_record_id: string }>(
    'disbursement',
    'select status, payee_record_id from payout where loan_id = $1 order by created_at, status',
    [loanId],
  );
  expect(payouts.map((payout) => payout.status).sort()).toEqual(['FAILED', 'PAID']);
  expect(payouts.find((payout) => payout.status === 'PAID')?.payee_record_id).toBe(change.payeeRecordId);
  await expectBalancedBooks(lender, loanId);
}, 60_000);
