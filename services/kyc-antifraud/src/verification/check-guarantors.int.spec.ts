import type { TestService } from '@millrace/testing';
import { CLEAN, RecordingProviders } from '../../test/recording-providers.js';
import {
  ALL_CONSENTS,
  codesOf,
  nextPerson,
  nextUscc,
  outcomeOf,
  parkedRound,
  requestVerification,
  startKyc,
  type TestPerson,
} from '../../test/verified-firm.js';

// Goal (R-CR-19, R-LG-02): who is to stand for a loan is checked by the sources of the firm and its people, under its own consents, and what is found of it has a person
// look. Method: the real service; providers are an HTTP server that records what it was asked.
const providers = new RecordingProviders();
let kyc: TestService;
beforeAll(async () => {
  kyc = await startKyc(await providers.start());
}, 120_000);
afterAll(async () => {
  await kyc.stop();
  await providers.stop();
});

const holding = (uscc: string, status = 'active') => {
  const firm = { name: '样例担保有限公司', uscc, mobile: '13900000002' };
  providers.set(uscc, { registry: { ...CLEAN.registry, status, name: firm.name, legalRepresentative: nextPerson(), owners: [] } });
  return { firm };
};
const verify = async (uscc: string, ...guarantors: object[]) => outcomeOf(kyc, await requestVerification(kyc, { uscc, person: nextPerson(), guarantors }));
const aboutPerson = ({ idNumber }: TestPerson) => providers.calls.filter(({ body }) => body['idNumber'] === idNumber);

test('S18, G-PI-02: a person and a firm without blemish are asked about under their consents, screened beside the firm, and change nothing', async () => {
  const [uscc, other, person] = [nextUscc(), nextUscc(), nextPerson()];
  const applicationId = await requestVerification(kyc, { uscc, person: nextPerson(), guarantors: [{ person }, holding(other)] });
  const { type, text, payload } = await outcomeOf(kyc, applicationId);
  expect([type, payload.findings]).toEqual(['passed', []]);
  const given = (consent: string) => ALL_CONSENTS.find((entry) => entry.type === consent)!.consentId;
  const [identity, bureau] = aboutPerson(person);
  expect(identity).toMatchObject({ party: 'identity', body: { mobile: person.mobile, consentId: given('C4') } });
  // It does not sign for the firm.
  expect(identity!.body).not.toHaveProperty('uscc');
  expect(bureau).toMatchObject({ party: 'personal-queries', body: { consentId: given('C2') } });
  expect(providers.asked(other)).toEqual(['registry', 'enterprise-queries']);
  const screened = providers.about(uscc).find(({ party }) => party === 'watchlists')!.body['subjects'] as object[];
  expect(screened.slice(1, 3)).toEqual([
    { kind: 'person', name: person.name, idNumber: person.idNumber },
    { kind: 'company', name: '样例担保有限公司', uscc: other },
  ]);
  const { rows } = await kyc.pool.query(
    'select r.source, r.body_encrypted as sealed, r.body from guarantor_reply r join guarantor_check c using (guarantor_id) where c.application_id = $1',
    [applicationId],
  );
  expect(Object.fromEntries(rows.map(({ source, sealed }) => [source, sealed]))).toEqual({
    identity: true,
    personal_bureau: true,
    registry: true,
    enterprise_bureau: false,
  });
  for (const told of [text, JSON.stringify(rows)]) for (const personal of [person.idNumber, person.mobile]) expect(told).not.toContain(personal);
});

test('R-CR-19: a guarantor who is not proven has a person look, and no bureau is asked about it', async () => {
  const person = nextPerson();
  providers.set(person.idNumber, { identity: { ...CLEAN.identity, idMatched: false } });
  const outcome = await verify(nextUscc(), { person });
  expect([outcome.type, codesOf(outcome)]).toEqual(['referred', ['GUARANTOR_NOT_PROVEN']]);
  expect(aboutPerson(person).map(({ party }) => party)).toEqual(['identity']);
});

test('R-CR-19: a firm that is not in business, one that is overdue, and a guarantor on the courts’ list have a person look', async () => {
  const [closed, late, uscc] = [nextUscc(), nextUscc(), nextUscc()];
  const guarantors = [holding(closed, 'revoked'), holding(late), { person: nextPerson() }];
  const { registry } = { registry: { ...CLEAN.registry, name: '样例担保有限公司', legalRepresentative: nextPerson(), owners: [] } };
  providers.set(late, { registry, 'enterprise-queries': { ...CLEAN['enterprise-queries'], overdueNow: true } });
  providers.set(uscc, { watchlists: { hits: [{ subjectIndex: 3, list: 'dishonest_debtor', matchScore: 1, listedName: 'x' }] } });
  const outcome = await verify(uscc, ...guarantors);
  expect([outcome.type, codesOf(outcome)]).toEqual(['referred', ['GUARANTOR_DISHONEST_DEBTOR', 'GUARANTOR_NOT_REGISTERED', 'GUARANTOR_OVERDUE']]);
});

test('R-LG-02, G-AM-03: a guarantor under sanctions stops the application, and the hub is not told why', async () => {
  const uscc = nextUscc();
  providers.set(uscc, { watchlists: { hits: [{ subjectIndex: 1, list: 'sanctions', matchScore: 1, listedName: 'x' }] } });
  const outcome = await verify(uscc, { person: nextPerson() });
  expect([outcome.type, codesOf(outcome).filter((code) => code.startsWith('GUARANTOR'))]).toEqual(['rejected', []]);
});

test('R-CR-02, S06: a source that stays away is asked again in a later round, for the rest alone; after the deadline a person looks', async () => {
  const person = nextPerson();
  providers.set(person.idNumber, { 'personal-queries': 503 });
  const applicationId = await requestVerification(kyc, { uscc: nextUscc(), person: nextPerson(), guarantors: [{ person }] });
  await parkedRound(kyc, applicationId);
  kyc.clock.advance(48 * 3_600_000);
  const outcome = await outcomeOf(kyc, applicationId);
  expect([outcome.type, codesOf(outcome).filter((code) => code.startsWith('GUARANTOR'))]).toEqual(['referred', ['GUARANTOR_UNCHECKED']]);
  expect(aboutPerson(person).filter(({ party }) => party === 'identity')).toHaveLength(1);
});
