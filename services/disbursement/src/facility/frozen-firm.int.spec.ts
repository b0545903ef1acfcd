import { FacilityFrozen, FacilityUnfrozen, newId } from '@millrace/contracts';
import { RunningDisbursement } from '../../test/running-disbursement.js';

// Goal (R-DB-01): a frozen firm gets no payment, whatever is ordered. Method: the real service with a bank over HTTP; every event is delivered three times.
const running = new RunningDisbursement();
beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());

const change = (uscc: string, tenantId: string, seconds: number) => ({
  storyId: newId(),
  facilityChangeId: newId(),
  tenantId,
  uscc,
  changedAt: new Date(Date.parse('2026-03-02T01:00:00.000Z') + seconds * 1_000).toISOString(),
});

test('R-DB-01: a frozen firm is refused before anything is reserved, another firm is not, and it is paid once it may be', async () => {
  const uscc = 'FROZEN-FIRM';
  const probe = await running.prepare({ uscc });
  const { tenantId } = probe.request as unknown as { tenantId: string };
  await running.test.deliver(new FacilityFrozen({ ...change(uscc, tenantId, 10), reasonCode: 'WARNING_SEEN' }));
  await running.test.deliver(probe.request);
  expect(await running.payouts(probe.applicationId)).toMatchObject([{ status: 'FAILED', reasonCode: 'FACILITY_FROZEN', reservation: null, sends: 0 }]);
  expect((await running.test.events(probe.applicationId)).map(({ type, payload }) => [type, payload.reasonCode])).toEqual([['failed', 'FACILITY_FROZEN']]);
  expect(await running.exposure(uscc)).toBe('none');

  const elsewhere = await running.order({ uscc: 'ANOTHER-FIRM' });
  await running.paid(elsewhere.applicationId);

  // Told late and twice, what was said last counts.
  await running.test.deliver(new FacilityUnfrozen({ ...change(uscc, tenantId, 20), reasonCode: 'WARNING_FALSE' }));
  await running.test.deliver(new FacilityFrozen({ ...change(uscc, tenantId, 10), reasonCode: 'WARNING_SEEN' }));
  const again = await running.order({ uscc });
  await running.paid(again.applicationId);
});

test('R-DB-01: what the bank has never seen is not sent to a firm that was frozen meanwhile, nor ended, and goes out once it may', async () => {
  const account = running.newAccount();
  running.bank.plan(account, 'lose');
  const { applicationId, request } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  const { uscc, tenantId } = request as unknown as { uscc: string; tenantId: string };
  await running.test.deliver(new FacilityFrozen({ ...change(uscc, tenantId, 10), reasonCode: 'WARNING_SEEN' }));
  const lookNow = (): Promise<unknown> =>
    running.test.pool.query(`update payout set next_action_at = $2 where payout_id = $1`, [payoutId, running.test.clock.now()]);
  await lookNow();
  const held = await running.payout(applicationId, ({ heldReason }) => heldReason === 'FACILITY_FROZEN');
  expect([held.status, held.sends, running.bank.methods(payoutId).filter((method) => method === 'PUT').length]).toEqual(['UNKNOWN', 1, 1]);
  await running.test.deliver(new FacilityUnfrozen({ ...change(uscc, tenantId, 20), reasonCode: 'WARNING_FALSE' }));
  await lookNow();
  expect(await running.paid(applicationId)).toMatchObject({ payoutId, sends: 2 });
});
