import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { startHub } from '../../test/hub.js';
import { consentsOf, submission } from '../../test/submission.js';

// Method: the real service on real PostgreSQL, on a day on which the entry is asked; what it emits is read from its outbox.
let hub: TestService;
beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:9');
  hub.clock.set(new Date('2028-05-02T02:00:00Z'));
}, 120_000);
afterAll(() => hub.stop());

const { company } = submission();
const put = (id: string, change: object, by = PARTNER) =>
  hub.call('PUT', `/loan-applications/${id}`, by, { ...submission({ consents: consentsOf(hub.clock.now()) }), ...change });

test.each([
  ['FIRM_NOT_SMALL', { company: { ...submission().company, employees: 20, declaredRevenueMinor: '5000000000' } }],
  ['UNDER_AGE', { applicantAge: 17 }],
  ['INDUSTRY_NOT_LENT', { company: { ...submission().company, industryCode: 'J66' } }],
  ['PURPOSE_BARRED', { purpose: 'securities' }],
])('M-AP-13, S10: %s is refused at once with its reason, and nobody outside is asked', async (code, change) => {
  const id = newId();
  const { status, body } = await put(id, change);
  expect([status, body.status, body.waitingFor]).toEqual([201, 'REJECTED', null]);
  expect(body.decision).toMatchObject({ outcome: 'declined', tier: 'T0', amountMinor: null, reasons: [{ code }] });
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'rejected']);
  expect((await hub.events(id))[1]!.payload).toMatchObject({ stage: 'verification', reasons: [{ code }] });
  const { body: history } = await hub.call('GET', `/loan-applications/${id}/history`, RISK_OFFICER);
  expect(history.items).toMatchObject([{ trigger: 'EntryRefused', statusFrom: 'NEW', statusTo: 'REJECTED', evidence: { knockOuts: [code] } }]);
});

test('the same again is the first answer, and another use of the money is taken at once: the cause has ended', async () => {
  const id = newId();
  const body = { ...submission({ company, consents: consentsOf(hub.clock.now()) }), purpose: 'equity' };
  expect((await put(id, body)).status).toBe(201);
  expect(await put(id, body)).toMatchObject({ status: 200, body: { status: 'REJECTED' } });
  expect((await put(id, body, OTHER_PARTNER)).status).toBe(404);
  const again = newId();
  expect(await put(again, { company, purpose: 'working_capital' })).toMatchObject({ status: 201, body: { status: 'CHECKING' } });
});

test('what the firm states of its size is kept and shown; the age is compared and kept nowhere', async () => {
  const id = newId();
  const stated = { ...submission().company, employees: 12, assetsMinor: '200000000' };
  const first = { ...submission({ consents: consentsOf(hub.clock.now()) }), company: stated, applicantAge: 40 };
  expect((await put(id, first)).body).toMatchObject({ status: 'CHECKING', company: { employees: 12, assetsMinor: '200000000' } });
  // A birthday between two tries makes no other content of it.
  expect((await put(id, { ...first, applicantAge: 41 })).status).toBe(200);
  expect(await put(id, { ...first, company: { ...stated, employees: 13 } })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const { rows } = await hub.pool.query(
    `select a::text || (select string_agg(h::text, '') from application_history h where h.application_id = a.application_id) as everything
    from application a where application_id = $1`,
    [id],
  );
  expect(rows[0].everything).not.toMatch(/applicantAge|"age/);
});

test('an application of before the update has no staff and assets, and is shown without', async () => {
  const id = newId();
  await put(id, {});
  const { rows } = await hub.pool.query('select declared_employees, declared_assets_minor from application where application_id = $1', [id]);
  expect(rows).toEqual([{ declared_employees: null, declared_assets_minor: null }]);
  expect((await hub.call('GET', `/loan-applications/${id}`)).body.company).not.toHaveProperty('employees');
});
