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
