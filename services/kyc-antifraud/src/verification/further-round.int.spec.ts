import { KycRequested, newId } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, until, type TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import { ALL_CONSENTS, nextPerson, nextUscc, startKyc } from '../../test/verified-firm.js';

// Goal: a firm that has mended something is verified again, and what was decided before is kept. Method: the real service on PostgreSQL, every event three times.
const providers = new RecordingProviders();
let kyc: TestService;

beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

interface Asked {
  readonly applicationId: string;
  readonly uscc: string;
  readonly applicantRecordId: string;
}

const ask = ({ applicationId, uscc, applicantRecordId }: Asked, declaredRevenueMinor: string, round?: number): Promise<void> =>
  kyc.deliver(
    new KycRequested({
      applicationId,
      applicantRecordId,
      uscc,
      requestedAmountMinor: '30000000',
      declaredRevenueMinor,
      policyVersion: 'online_microloan.v0',
      consents: ALL_CONSENTS,
      ...(round ? { round } : {}),
    }),
  );
const outcomes = async ({ applicationId }: Asked, count: number) =>
  until(async () => {
    const events = await kyc.events(applicationId);
    return events.length === count && events;
  }, `${count} outcomes`);

async function firm(): Promise<Asked> {
  const [applicationId, uscc] = [newId(), nextUscc()];
  const { body } = await kyc.call('PUT', `/applicants/${applicationId}`, PARTNER, { legalRepresentative: nextPerson() });
  return { applicationId, uscc, applicantRecordId: body.applicantRecordId };
}

test('S02, R-AP-08: a second round asks the sources of the firm anew, the person and the bureaus not, and keeps what the first has decided', async () => {
  const asked = await firm();
  const { tax, invoices } = CLEAN;
  providers.set(asked.uscc, { tax: { ...tax, declaredAnnualRevenueMinor: '4000000' }, invoices: { ...invoices, missingMonths: ['2025-01'] } });
  await ask(asked, '4960000');
  const [first] = await outcomes(asked, 1);
  expect(first!.type).toBe('referred');
  expect(first!.payload.findings.map(({ code }: { code: string }) => code).sort()).toEqual(['INVOICE_MONTHS_MISSING', 'REVENUE_GAP', 'TAX_REVENUE_GAP']);
  expect(first!.payload).not.toHaveProperty('round');

  providers.set(asked.uscc, { tax: { ...tax, declaredAnnualRevenueMinor: '4000000' } });
  await ask(asked, '4000000', 2);
  const [, second] = await outcomes(asked, 2);
  expect(second).toMatchObject({ type: 'passed', payload: { round: 2, findings: [], facts: { declaredRevenueMinor: '4000000' } } });
  const times = new Map<string, number>();
  for (const party of providers.asked(asked.uscc)) times.set(party, (times.get(party) ?? 0) + 1);
  expect(Object.fromEntries(times)).toMatchObject({ identity: 1, 'enterprise-queries': 1, registry: 2, tax: 2, courts: 2 });

  // The same round again, and an older one: nothing is asked or told.
  await ask(asked, '9000000', 2);
  await ask(asked, '9000000');
  const { rows } = await kyc.pool.query('select round, outcome, declared_revenue_minor from verification_round where application_id = $1', [
    asked.applicationId,
  ]);
  expect(rows).toEqual([{ round: 1, outcome: 'refer', declared_revenue_minor: '4960000' }]);
  const { body } = await kyc.call('GET', `/verifications/${asked.applicationId}`, RISK_OFFICER);
  expect(body).toMatchObject({ outcome: 'pass', findings: [] });
  expect(await kyc.eventTypes(asked.applicationId)).toEqual(['referred', 'passed']);
  expect(await kyc.parked()).toEqual([]);
});
