import { nameSha256 } from '@millrace/contracts';
import { sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';
import { PAYOUT_DATE } from './payout-date.task.js';

// Goal: money goes to the borrower's own account alone, and is booked on a day that can be (SEC-9, F16). Method: the real service and a bank that is told what to say.
const running = new RunningDisbursement();
const { bank } = running;
const named = (name: string): { borrowerNameSha256: string } => ({ borrowerNameSha256: nameSha256(name) });

beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());
afterEach(async () => expect(await running.test.parked()).toEqual([]));

test('SEC-9, T17: an account in another name than the borrower’s is never paid, and the bank is not even asked', async () => {
  const { applicationId, account, request } = await running.order(named('另一家公司'));
  const payout = await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect(payout).toMatchObject({ reasonCode: 'PAYEE_NOT_BORROWER', reservation: 'RELEASED', sends: 0 });
  expect([bank.debitsOf(account), bank.verifications.includes(payout.payoutId), bank.methods(payout.payoutId)]).toEqual([0, false, []]);
  expect(await running.exposure(request.uscc)).toBe('0');
  expect(await running.test.events(applicationId)).toMatchObject([{ type: 'failed', payload: { reasonCode: 'PAYEE_NOT_BORROWER' } }]);
});

test.each(['测试企业', ' 测试 企业 ', '测试\u200b企业'])('SEC-9: %p is the borrower’s name, and the bank confirms the holder before it pays', async (name) => {
  const { applicationId, account } = await running.order(named(name));
  const { payoutId } = await running.paid(applicationId);
  expect([bank.verifications.filter((id) => id === payoutId).length, bank.debitsOf(account)]).toEqual([1, 1]);
});

test.each([
  ['mismatched', 'PAYEE_NAME_MISMATCH'],
  ['account_not_found', 'PAYEE_ACCOUNT_NOT_FOUND'],
  ['not_verifiable', 'PAYEE_NOT_VERIFIABLE'],
] as const)('SEC-9: a bank that says %s gets no instruction; a person decides', async (says, reasonCode) => {
  const account = running.newAccount();
  bank.planHolder(account, says);
  const { applicationId } = await running.order(named('测试企业'), account);
  const payout = await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect(payout).toMatchObject({ reasonCode, reservation: 'RELEASED', sends: 0 });
  expect([bank.debitsOf(account), bank.methods(payout.payoutId)]).toEqual([0, []]);
});

test('SEC-9: while the bank cannot be asked nothing is sent, and a metric tells it; it is asked again, and then paid once', async () => {
  const waiting = async () => (await (await fetch(`${running.test.operationsUrl}/metrics`)).text()).match(/^millrace_payouts_unverified\{.*\} (\d+)$/m)?.[1];
  expect(await waiting()).toBe('0');
  const account = running.newAccount();
  bank.planHolder(account, 'away', 'away');
  const { applicationId } = await running.order(named('测试企业'), account);
  for (const asked of [1, 2]) {
    const waits = await running.payout(applicationId, ({ steps }) => steps.filter(({ outcome }) => outcome === 'holder_unclear').length === asked);
    expect(waits).toMatchObject({ status: 'RESERVED', sends: 0 });
    expect(await waiting()).toBe('1');
    running.test.clock.advance(30_000);
  }
  await running.paid(applicationId);
  expect([bank.debitsOf(account), await waiting()]).toEqual([1, '0']);
});

describe('M-DR-05, F16: the bank names an instant that it cannot have meant', () => {
  const truthful = (): string => new Date(running.test.clock.now().getTime() + 5_000).toISOString();
  afterEach(() => void (bank.paidAt = truthful));

  const itemOf = (payoutId: string) => until(() => taskAbout(running.test, PAYOUT_DATE, { payoutId }), 'the task');
  const decide = async (taskId: string, paidOn: string): Promise<void> => {
    const saying = { decision: 'paid-on', parameters: { paidOn }, reason: 'BANK_STATEMENT_SEEN' };
    expect(await sayAbout(running.test, PAYOUT_DATE, taskId, saying, 'Li Na', 'Wang Wei')).toBe('decided');
  };

  test.each(['2019-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '2027-06-01T00:00:00Z', '2026-03-01T00:00:00Z'])(
    '%s: the money counts as paid, no loan is booked, and two persons set the day',
    async (paidAt) => {
      bank.paidAt = () => paidAt;
      const { applicationId, account } = await running.order(named('测试企业'));
      const payout = await running.paid(applicationId);
      expect(payout).toMatchObject({ paidAt: null, reservation: 'USED', nextActionAt: null });
      expect(payout.steps.at(-1)).toMatchObject({ action: 'ALARM', detail: 'PAID_AT_IMPLAUSIBLE' });
      const { taskId, facts } = await itemOf(payout.payoutId);
      expect(facts).toMatchObject({ paidAtSaid: new Date(paidAt).toISOString(), amountMinor: '30000000' });
      expect(await running.test.eventTypes(applicationId)).toEqual([]);
      await decide(taskId, '2026-03-02');
      const { payload } = await running.test.event(applicationId, 'loan-disbursed');
      expect(payload).toMatchObject({ payoutId: payout.payoutId, paidAt: running.test.clock.now().toISOString() });
      expect([bank.debitsOf(account), (await running.paid(applicationId)).paidAt]).toEqual([1, payload.paidAt]);
    },
  );

  test('a day before the instruction or after today is no day either: the item is open again', async () => {
    bank.paidAt = () => '2030-01-01T00:00:00Z';
    const { applicationId } = await running.order(named('测试企业'));
    const { payoutId } = await running.paid(applicationId);
    const { taskId } = await itemOf(payoutId);
    for (const day of ['2026-03-01', '2030-01-01']) {
      await decide(taskId, day);
      await until(async () => (await taskAbout(running.test, PAYOUT_DATE, { payoutId }, 'open'))?.failure, 'the refusal');
    }
    expect(await running.test.eventTypes(applicationId)).toEqual([]);
  });

  test('an instant that is none (30 February) is no answer: the bank is asked again', async () => {
    bank.paidAt = () => '2026-02-30T00:00:00Z';
    const { applicationId } = await running.order(named('测试企业'));
    await running.unknown(applicationId);
    bank.paidAt = truthful;
    running.test.clock.advance(30_000);
    expect((await running.paid(applicationId)).paidAt).not.toBeNull();
  });
});
