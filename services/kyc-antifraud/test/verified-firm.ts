import {
  CONSENT_TYPES,
  KycRequested,
  nameSha256,
  newId,
  residentIdCheckCharacter,
  usccCheckCharacter,
  type ConsentRef,
  type Finding,
  type FirmFacts,
  type GuarantorRef,
} from '@millrace/contracts';
import { PARTNER, TestService, until, type TestServiceOptions } from '@millrace/testing';
import { kycAntifraud } from '../src/kyc-antifraud.module.js';

export const ALL_CONSENTS: ConsentRef[] = CONSENT_TYPES.map((type) => ({ consentId: newId(), type, grantedAt: '2026-03-02T00:59:00.000Z' }));

/** The person who signs for a firm. */
export interface TestPerson {
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
}

/** What is asked to be verified; everything not said is without blemish. */
export interface TestRequest {
  readonly uscc: string;
  readonly person: TestPerson;
  readonly device?: object;
  readonly consents?: ConsentRef[];
  readonly declaredRevenueMinor?: string;
  /** Name that the application gives the firm; as of a hub of before, which told none, where it is not said. */
  readonly companyName?: string;
  /** Who is to stand for the loan; the parts of a record. */
  readonly guarantors?: readonly object[];
}

/** An outcome event as the hub would read it; `text` is all of it, to look for what must not be there. */
export interface OutcomeEvent {
  readonly type: string;
  readonly text: string;
  readonly payload: { applicationId: string; fraudScore: number; findings: Finding[]; facts: FirmFacts | null; blockedUntil?: string | null };
}

/** The service on a database of its own; its providers are an HTTP server of the suite. */
export function startKyc(providersUrl: string, options: Pick<TestServiceOptions, 'logTo'> = {}): Promise<TestService> {
  return TestService.start(kycAntifraud, { ...options, environment: { MILLRACE_PROVIDERS_URL: providersUrl, MILLRACE_KYC_SOURCE_TIMEOUT_MS: '2000' } });
}

/** Codes of the findings, in alphabetical order. */
export function codesOf({ payload }: OutcomeEvent): string[] {
  return payload.findings.map(({ code }) => code).sort();
}

let made = 0;

/** A person of its own for each test, so that ring counts of one test do not reach another. */
export function nextPerson(): TestPerson {
  made += 1;
  const body = `99010119900101${String(made).padStart(3, '0')}`;
  return { name: '测试甲', idNumber: `${body}${residentIdCheckCharacter(body)}`, mobile: `139${String(made).padStart(8, '0')}` };
}

/** A firm of its own, with a valid check character. */
export function nextUscc(): string {
  made += 1;
  const body = `91990100MA0TE${String(100 + made).padStart(4, '0')}`;
  return `${body}${usccCheckCharacter(body)}`;
}

/** Records the person and has the hub ask for verification; `between` is told the record's id before the hub asks. */
export async function requestVerification(
  service: TestService,
  { uscc, person, device, consents, declaredRevenueMinor, companyName, guarantors = [] }: TestRequest,
  between: (applicantRecordId: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
  const applicationId = newId();
  const { body } = await service.call('PUT', `/applicants/${applicationId}`, PARTNER, { legalRepresentative: person, ...(device ? { device } : {}) });
  await between(body.applicantRecordId as string);
  const named: GuarantorRef[] = [];
  for (const guarantor of guarantors) {
    const guarantorId = newId();
    const { body: recorded } = await service.call('PUT', `/applicants/${applicationId}/guarantors/${guarantorId}`, PARTNER, guarantor);
    named.push({ guarantorId, guarantorRecordId: recorded.guarantorRecordId, consents: ALL_CONSENTS });
  }
  await service.deliver(
    new KycRequested({
      applicationId,
      applicantRecordId: body.applicantRecordId,
      uscc,
      ...(companyName === undefined ? {} : { companyNameSha256: nameSha256(companyName) }),
      requestedAmountMinor: '30000000',
      declaredRevenueMinor: declaredRevenueMinor ?? '4000000',
      policyVersion: 'online_microloan.v0',
      consents: consents ?? ALL_CONSENTS,
      ...(named.length > 0 ? { guarantors: named } : {}),
    }),
  );
  return applicationId;
}

/** What is on the restricted topic of an application. */
export const SUSPICION = 'suspicion-raised';

/** The outcome, as soon as it is there; there is never more than one. */
export async function outcomeOf(service: TestService, applicationId: string): Promise<OutcomeEvent> {
  const [first, ...more] = await until(async () => {
    const events = (await service.events(applicationId)).filter(({ type }) => type !== SUSPICION);
    return events.length > 0 && events;
  }, 'the outcome');
  if (more.length > 0) throw new Error('there is more than one outcome');
  return { type: first!.type, text: JSON.stringify(first), payload: first!.payload };
}

/** Waits until a verification is parked because a source gave no answer. */
export async function parkedRound(service: TestService, applicationId: string): Promise<void> {
  await until(
    async () => (await service.pool.query('select 1 from verification where application_id = $1 and attempts = 1', [applicationId])).rowCount,
    'a parked round',
  );
}
