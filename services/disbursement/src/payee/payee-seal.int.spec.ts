import { newId } from '@millrace/contracts';
import { PARTNER } from '@millrace/testing';
import { RunningDisbursement, type Ordered } from '../../test/running-disbursement.js';

// Goal: money goes to the account that was given for the loan, or nowhere (SEC-10). Method: the table of payees is changed with the service's own rights,
// as somebody would who has stolen its login, before the loan is ordered.
const running = new RunningDisbursement();

beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());

/** A payee with an order that nobody has delivered yet. */
async function victimAndThief(): Promise<[Ordered, Ordered]> {
  return [await running.prepare(), await running.prepare()];
}

const copyOf = (columns: string): string =>
  `update payee v set (${columns}) = (select ${columns} from payee t where t.payee_record_id = $2) where v.payee_record_id = $1`;

test.each([
  ['the account number of another row', copyOf('account_number, account_name')],
  ['all of another row, its data key and its hash too', copyOf('wrapped_key, account_name, account_number, content_index')],
  ['another column of the row', 'update payee set account_number = account_name where payee_record_id = $1 and $2::uuid is not null'],
  ['a hash that is not that of the content', `update payee set content_index = 'k1.x' where payee_record_id = $1 and $2::uuid is not null`],
])('SEC-10: with %s in its place nothing is paid: the payout is held, told and counted', async (_what, change) => {
  const [victim, thief] = await victimAndThief();
  await running.test.pool.query(change, [victim.request.payeeRecordId, thief.request.payeeRecordId]);
  await running.test.deliver(victim.request);
  const held = await running.payout(victim.applicationId, ({ heldReason }) => heldReason !== null);
  expect(held).toMatchObject({ status: 'RESERVED', heldReason: 'PAYEE_NOT_TRUSTED', payee: null, sends: 0 });
  expect(held.steps.at(-1)).toMatchObject({ action: 'ALARM', detail: 'PAYEE_NOT_TRUSTED' });
  expect([running.bank.debitsOf(victim.account), running.bank.debitsOf(thief.account)]).toEqual([0, 0]);
  const metrics = await (await fetch(`${running.test.operationsUrl}/metrics`)).text();
  expect(metrics).toMatch(/millrace_payouts_held\{service="disbursement"\} [1-9]/);
});

test('SEC-10: an order that is turned to the payee of another application is held as well', async () => {
  const [victim, thief] = await victimAndThief();
  await running.test.pool.query('update payee set application_id = $1 where payee_record_id = $2', [victim.applicationId, thief.request.payeeRecordId]);
  await running.test.deliver(Object.assign(victim.request, { payeeRecordId: thief.request.payeeRecordId }));
  expect(await running.payout(victim.applicationId, ({ heldReason }) => heldReason !== null)).toMatchObject({ status: 'RESERVED', sends: 0 });
  expect(running.bank.debitsOf(thief.account)).toBe(0);
});

test('a held payout goes on by itself once its payee is restored', async () => {
  const { applicationId, account, request } = await running.prepare();
  const { rows } = await running.test.pool.query<{ account_number: string }>('select account_number from payee where payee_record_id = $1', [
    request.payeeRecordId,
  ]);
  const put = (value: string) => running.test.pool.query('update payee set account_number = $2 where payee_record_id = $1', [request.payeeRecordId, value]);
  await put('+AAAA');
  await running.test.deliver(request);
  await running.payout(applicationId, ({ heldReason }) => heldReason !== null);
  await put(rows[0]!.account_number);
  running.test.clock.advance(900_000);
  expect(await running.paid(applicationId)).toMatchObject({ heldReason: null, sends: 1 });
  expect(running.bank.debitsOf(account)).toBe(1);
});

test('a payee that was stored in upper-case letters of its application’s id is read back', async () => {
  const applicationId = newId().toUpperCase();
  const put = () => running.test.call('PUT', `/payees/${applicationId}`, PARTNER, { accountName: '测试企业', accountNumber: '6222020000001234' });
  expect([(await put()).status, (await put()).status]).toEqual([201, 200]);
});
