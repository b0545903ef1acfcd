import { newId } from '@millrace/contracts';
import { PARTNER, type Answer, type TestService } from '@millrace/testing';
import { nextPerson, nextUscc, startKyc } from '../../test/verified-firm.js';

// Goal: a guarantor is kept as an applicant is, and the rest of the system knows it by a reference that says nothing. Method: the real service, asked as the gateway asks it.
let kyc: TestService;
beforeAll(async () => {
  kyc = await startKyc('http://127.0.0.1:9');
}, 120_000);
afterAll(() => kyc.stop());

const record = (body: object, applicationId = newId(), guarantorId = newId(), by = PARTNER): Promise<Answer> =>
  kyc.call('PUT', `/applicants/${applicationId}/guarantors/${guarantorId}`, by, body);

test('R-OP-02, M-EV-07: a person is answered masked and stored sealed; the same again is the same record', async () => {
  const person = nextPerson();
  const ids = [newId(), newId()] as const;
  const { status, body } = await record({ person }, ...ids);
  expect([status, body]).toMatchObject([201, { party: 'person', guarantorRef: expect.stringMatching(/^G-[0-9A-F]{32}$/) }]);
  for (const told of [person.name, person.idNumber, person.mobile]) expect(JSON.stringify(body)).not.toContain(told);
  expect(body.identifier).toBe(`${person.idNumber.slice(0, 4)}**********${person.idNumber.slice(-4)}`);
  expect(await record({ person }, ...ids)).toMatchObject({ status: 200, body });
  expect((await record({ person: { ...person, mobile: '13911112222' } }, ...ids)).body.guarantorRecordId).not.toBe(body.guarantorRecordId);
  const { rows } = await kyc.pool.query('select to_json(g.*)::text as stored from guarantor_record g where application_id = $1', [ids[0]]);
  expect(rows).toHaveLength(2);
  for (const told of [person.name, person.idNumber, person.mobile]) expect(JSON.stringify(rows)).not.toContain(told);
});

test('R-CR-19: whoever stands for several loans of a lender has one reference, and another at another lender', async () => {
  const firm = { name: '样例担保有限公司', uscc: nextUscc(), mobile: '13900000002' };
  const { body: first } = await record({ firm });
  expect(first).toMatchObject({ party: 'firm', name: firm.name, identifier: firm.uscc });
  expect((await record({ firm: { ...firm, mobile: '13911112222' } })).body.guarantorRef).toBe(first.guarantorRef);
  expect((await record({ firm: { ...firm, uscc: nextUscc() } })).body.guarantorRef).not.toBe(first.guarantorRef);
  const atOnce = { name: firm.name, uscc: nextUscc(), mobile: firm.mobile };
  const refs = await Promise.all(Array.from({ length: 10 }, async () => (await record({ firm: atOnce })).body.guarantorRef));
  expect(new Set(refs).size).toBe(1);
  expect((await record({ firm }, newId(), newId(), { ...PARTNER, tenantId: 'other' })).body.guarantorRef).not.toBe(first.guarantorRef);
});

test('what is nobody, both, or has a wrong number is refused', async () => {
  const person = nextPerson();
  const firm = { name: '样例担保有限公司', uscc: nextUscc(), mobile: '13900000002' };
  for (const body of [{}, { person, firm }]) expect(await record(body)).toMatchObject({ status: 422, body: { code: 'GUARANTOR_PARTY_UNCLEAR' } });
  expect((await record({ person: { ...person, idNumber: '990101199001010018' } })).body.errors[0].field).toBe('person.idNumber');
  expect(await record({ person }, newId(), '0f8fad5b-d9cb-469f-a165-70867728950e')).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'guarantorId' }] },
  });
});
