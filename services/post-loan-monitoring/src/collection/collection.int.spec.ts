import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { COLLECTOR, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, type Answer } from '@millrace/testing';
import { DOCUMENT, decideChange } from '../../test/change-loans.js';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';
import { GUARANTEE } from '../guarantee/guarantee.tasks.js';

// Method: the real service on real PostgreSQL; days are closed by the test, and the clock stands at a time of the day after. Every lender has a neighbour.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const DUE = '2026-04-02';
const of = (tenantId: string, principal = COLLECTOR) => ({ ...principal, tenantId });
/** Each test has a day of its own, so that what the contacts of another have counted is over; ten in the morning in Shanghai. */
let day = addDays(DUE, 17);
beforeEach(() => {
  day = addDays(day, 1);
  monitoring.test.clock.set(new Date(`${day}T02:00:00Z`));
});

interface Late {
  readonly tenantId: string;
  readonly loanId: string;
  readonly caseId: string;
}

/** Loans of one lender, of the firms given, that are 17 days late and closed through that day, with their cases. */
async function lateLoans(...usccs: string[]): Promise<Late[]> {
  const tenantId = newTenant();
  const loanIds: string[] = [];
  for (const uscc of usccs) loanIds.push(await bookLate(monitoring, tenantId, 0, { disbursedOn: '2026-03-02', uscc }));
  await bookOf(monitoring).closeTenant(tenantId, addDays(DUE, 17));
  const sql = 'select loan_id as "loanId", case_id as "caseId" from collection_case where tenant_id = $1';
  const { rows } = await monitoring.test.pool.query<{ loanId: string; caseId: string }>(sql, [tenantId]);
  return loanIds.map((loanId) => ({ tenantId, loanId, caseId: rows.find((row) => row.loanId === loanId)!.caseId }));
}
const FIRM = '91990100MA0TE00010';
const lateLoan = async (): Promise<Late> => (await lateLoans(FIRM))[0]!;

const contact = (
  { tenantId, loanId }: { tenantId: string; loanId: string },
  body: Record<string, unknown> = {},
  contactId = newId(),
  by = COLLECTOR,
): Promise<Answer> => monitoring.test.call('PUT', `/loans/${loanId}/contacts/${contactId}`, of(tenantId, by), { channel: 'call', party: 'debtor', ...body });
const typesOf = async (loanId: string): Promise<string[]> => (await monitoring.test.eventTypes(loanId)).filter((type) => type.startsWith('collection-contact'));
const codeOf = ({ status, body }: Answer): unknown => (status < 400 ? status : body.code);

test('R-PL-06: a late loan is a case in the queue of its lender, and of no other', async () => {
  const [late, other] = [await lateLoan(), await lateLoan()];
  const list = async (query = ''): Promise<Answer['body'][]> => (await monitoring.test.call('GET', `/collection/cases${query}`, of(late.tenantId))).body.items;
  const [item] = await list();
  expect(item).toMatchObject({
    caseId: late.caseId,
    loanId: late.loanId,
    state: 'open',
    stage: 'C2',
    openedOn: addDays(DUE, 17),
    closedOn: null,
    collector: null,
    agency: null,
    outstandingPrincipalMinor: '30000000',
  });
  expect(Number(item.dueMinor)).toBeGreaterThanOrEqual(2_586_822);
  expect(await list(`?stage=C2&unassigned=true&minOutstandingMinor=30000000&from=${addDays(DUE, 17)}`)).toHaveLength(1);
  for (const none of ['?stage=C1', '?collector=cora', '?minOutstandingMinor=30000001', '?state=closed', '?to=2026-04-01'])
    expect([none, await list(none)]).toEqual([none, []]);
  expect(codeOf(await monitoring.test.call('GET', `/collection/cases/${other.caseId}`, of(late.tenantId)))).toBe('NOT_FOUND');
  expect(await monitoring.test.call('GET', `/collection/cases/${late.caseId}`, of(late.tenantId, AUDITOR))).toMatchObject({
    status: 200,
    body: { stage: 'C2' },
  });
  for (const by of [PARTNER, PAYMENT_OFFICER]) expect(codeOf(await monitoring.test.call('GET', '/collection/cases', of(late.tenantId, by)))).toBe('FORBIDDEN');
});

test('R-PL-06: a case is taken, kept from colleagues, handed on and given back; each change is kept', async () => {
  const { tenantId, loanId, caseId } = await lateLoan();
  const colleague = staff('dora', 'collector');
  const assign = (by: typeof COLLECTOR, collector?: string, id = newId()): Promise<Answer> =>
    monitoring.test.call('PUT', `/collection/cases/${caseId}/assignments/${id}`, of(tenantId, by), collector === undefined ? {} : { collector });
  const first = newId();
  expect(await assign(COLLECTOR, 'cora', first)).toMatchObject({ status: 200, body: { collector: 'cora' } });
  expect(codeOf(await assign(colleague, 'dora'))).toBe('CLAIMED_BY_OTHER');
  expect(codeOf(await contact({ tenantId, loanId }, {}, newId(), colleague))).toBe('CLAIMED_BY_OTHER');
  expect(await assign(COLLECTOR, 'dora')).toMatchObject({ body: { collector: 'dora' } });
  // Told again, the first change gets its answer and takes nothing back.
  expect(await assign(COLLECTOR, 'cora', first)).toMatchObject({ status: 200, body: { collector: 'dora' } });
  expect(codeOf(await assign(COLLECTOR, 'emma', first))).toBe('ID_REUSED');
  expect(await assign(RISK_OFFICER)).toMatchObject({ status: 200, body: { collector: null } });
  expect(codeOf(await assign(PAYMENT_OFFICER, 'cora'))).toBe('FORBIDDEN');
  const { rows } = await monitoring.test.pool.query('select value, changed_by as by from collection_case_change where case_id = $1 order by seq', [caseId]);
  expect(rows).toEqual([
    { value: 'cora', by: 'cora' },
    { value: 'dora', by: 'cora' },
    { value: null, by: 'olga' },
  ]);
});

test('S17, M-CO-03: the fourth contact of a day is blocked, written down and told; another debtor and the next day are free', async () => {
  const [late, neighbour] = (await lateLoans(FIRM, '91990100MA0TE00023')) as [Late, Late];
  for (const channel of ['call', 'message', 'visit']) expect(codeOf(await contact(late, { channel }))).toBe(201);
  const fourth = newId();
  const blocked = await contact(late, {}, fourth);
  expect(blocked).toMatchObject({ status: 409, body: { code: 'CONTACT_DAILY_LIMIT' } });
  // The same try again is the same try.
  expect(codeOf(await contact(late, {}, fourth))).toBe('CONTACT_DAILY_LIMIT');
  expect(await typesOf(late.loanId)).toEqual([...Array<string>(3).fill('collection-contact-logged'), 'collection-contact-blocked']);
  expect((await monitoring.test.event(late.loanId, 'collection-contact-blocked')).payload).toMatchObject({
    contactId: fourth,
    block: 'DAILY_LIMIT',
    channel: 'call',
  });
  expect(codeOf(await contact(late, { channel: 'letter' }))).toBe(201);
  expect(codeOf(await contact(neighbour))).toBe(201);
  expect(codeOf(await contact(await lateLoan()))).toBe(201);
  monitoring.test.clock.advance(86_400_000);
  day = addDays(day, 1);
  expect(codeOf(await contact(late))).toBe(201);
});

test('S17, M-CO-02: a call at 22:05 in Shanghai is blocked and counts for nothing', async () => {
  const late = await lateLoan();
  monitoring.test.clock.set(new Date(`${day}T14:05:00Z`));
  const tries = await Promise.all([contact(late), contact(late), contact(late), contact(late)]);
  expect(tries.map(codeOf)).toEqual(Array(4).fill('CONTACT_OUTSIDE_HOURS'));
  monitoring.test.clock.set(new Date(`${addDays(day, 1)}T00:00:00Z`));
  day = addDays(day, 1);
  expect(codeOf(await contact(late))).toBe(201);
  const { items } = (await monitoring.test.call('GET', `/loans/${late.loanId}/contacts`, of(late.tenantId))).body;
  expect(items.map(({ block }: { block: string | null }) => block)).toEqual([...Array<string>(4).fill('OUTSIDE_HOURS'), null]);
});

test('M-CO-03: of ten clicks at once on two loans of one debtor, by lender and agency, three are allowed', async () => {
  const loans = await lateLoans(FIRM, FIRM);
  for (const { caseId, tenantId } of loans) {
    const handOver = await monitoring.test.call('PUT', `/collection/cases/${caseId}/handovers/${newId()}`, of(tenantId), { agency: 'agency-1' });
    expect(handOver).toMatchObject({ status: 200, body: { agency: 'agency-1' } });
  }
  const tries = await Promise.all(Array.from({ length: 10 }, (_, at) => contact(loans[at % 2]!, { madeBy: at % 3 ? 'lender' : 'agency' })));
  expect(tries.map(codeOf).filter((code) => code === 201)).toHaveLength(3);
  expect(tries.map(codeOf).filter((code) => code === 'CONTACT_DAILY_LIMIT')).toHaveLength(7);
  // The neighbour's debtor of the same firm is another lender's business.
  expect(codeOf(await contact(await lateLoan()))).toBe(201);
});

test('M-CO-04: nobody but the debtor is spoken to, and an agency only where it has the case', async () => {
  const late = await lateLoan();
  expect(codeOf(await contact(late, { party: 'guarantor', guarantorId: newId() }))).toBe('CONTACT_PARTY_UNKNOWN');
  expect(codeOf(await contact(late, { madeBy: 'agency' }))).toBe('NOT_WITH_AGENCY');
  for (const wrong of [{ party: 'neighbour' }, { channel: 'fax' }, { party: 'guarantor' }, { guarantorId: 'x' }])
    expect(codeOf(await contact(late, wrong))).toBe('VALIDATION_FAILED');
  expect(codeOf(await contact(late, {}, newId(), RISK_OFFICER))).toBe('FORBIDDEN');
  expect(codeOf(await contact({ ...late, tenantId: newTenant() }))).toBe('NOT_FOUND');
  expect(await typesOf(late.loanId)).toEqual(['collection-contact-blocked']);
});

test('M-CO-03, M-CO-04: a guarantor is spoken to as often as a debtor, over all loans that the guarantor stands for', async () => {
  const [late, other] = (await lateLoans(FIRM, '91990100MA0TE00023')) as [Late, Late];
  const guarantees: string[] = [];
  for (const { tenantId, loanId } of [late, other]) {
    const [guaranteeId, body] = [newId(), { guarantorRef: 'GUARANTOR-0009', kind: 'joint', limitMinor: '50000000', contractSha256: DOCUMENT }];
    await monitoring.test.call('PUT', `/loans/${loanId}/guarantees/${guaranteeId}`, of(tenantId, staff('mia', 'account_manager')), body);
    await decideChange(monitoring, GUARANTEE, guaranteeId, 'apply');
    guarantees.push(guaranteeId);
  }
  const [first, second] = guarantees as [string, string];
  for (const guarantorId of [first, first]) expect(codeOf(await contact(late, { party: 'guarantor', guarantorId }))).toBe(201);
  expect(codeOf(await contact(other, { party: 'guarantor', guarantorId: second }))).toBe(201);
  expect(codeOf(await contact(other, { party: 'guarantor', guarantorId: second }))).toBe('CONTACT_DAILY_LIMIT');
  expect(codeOf(await contact(late, { party: 'guarantor', guarantorId: second }))).toBe('CONTACT_PARTY_UNKNOWN');
  expect(codeOf(await contact(late))).toBe(201);
});

test('a contact is known by its id, and its outcome is told, corrected and kept', async () => {
  const late = await lateLoan();
  const contactId = newId();
  expect(codeOf(await contact(late, {}, contactId))).toBe(201);
  expect(codeOf(await contact(late, {}, contactId))).toBe(200);
  expect(codeOf(await contact(late, { channel: 'visit' }, contactId))).toBe('ID_REUSED');
  const tell = (outcome: string, id = newId(), about = contactId): Promise<Answer> =>
    monitoring.test.call('PUT', `/loans/${late.loanId}/contacts/${about}/outcomes/${id}`, of(late.tenantId), { outcome });
  const first = newId();
  expect(await tell('not_reached', first)).toMatchObject({ status: 200, body: { contactId, outcome: 'not_reached' } });
  expect(await tell('reached')).toMatchObject({ body: { outcome: 'reached' } });
  expect(await tell('not_reached', first)).toMatchObject({ status: 200, body: { outcome: 'reached' } });
  expect(codeOf(await tell('refused', first))).toBe('ID_REUSED');
  expect(codeOf(await tell('reached', newId(), newId()))).toBe('NOT_FOUND');
  const blocked = newId();
  await contact(late, { party: 'guarantor', guarantorId: newId() }, blocked);
  expect(codeOf(await tell('reached', newId(), blocked))).toBe('CONTACT_NOT_MADE');
});

test('R-PL-06: money that pays the arrears closes the case at once; nothing is left to be done on it', async () => {
  const late = await lateLoan();
  const { dueMinor } = (await monitoring.test.call('GET', `/collection/cases/${late.caseId}`, of(late.tenantId))).body;
  await monitoring.pay(late.loanId, dueMinor);
  expect((await monitoring.test.call('GET', `/collection/cases/${late.caseId}`, of(late.tenantId))).body).toMatchObject({
    state: 'closed',
    stage: null,
    closedOn: day,
    dueMinor: '0',
  });
  expect(codeOf(await contact(late))).toBe('NO_ARREARS');
  expect(codeOf(await monitoring.test.call('PUT', `/collection/cases/${late.caseId}/assignments/${newId()}`, of(late.tenantId), { collector: 'cora' }))).toBe(
    'CASE_CLOSED',
  );
  const types = await monitoring.test.eventTypes(late.loanId);
  expect(types.filter((type) => type.startsWith('collection-case'))).toEqual(['collection-case-opened', 'collection-case-closed']);
});

test('a loan that was late before there were stages gets its stage and its case at the next close', async () => {
  const late = await lateLoan();
  const before = [
    'update loan_standing set collection_stage = null, collection_on = null where loan_id = $1',
    'delete from collection_case where loan_id = $1',
  ];
  for (const sql of before) await monitoring.test.pool.query(sql, [late.loanId]);
  await bookOf(monitoring).closeTenant(late.tenantId, addDays(DUE, 18));
  const { rows } = await monitoring.test.pool.query('select collection_stage as stage, collection_on::text as since from loan_standing where loan_id = $1', [
    late.loanId,
  ]);
  expect(rows).toEqual([{ stage: 'C2', since: addDays(DUE, 18) }]);
  const { items } = (await monitoring.test.call('GET', '/collection/cases', of(late.tenantId))).body;
  expect(items).toEqual([expect.objectContaining({ loanId: late.loanId, stage: 'C2', openedOn: addDays(DUE, 18) })]);
});

describe('promises to pay', () => {
  const promise = ({ tenantId, loanId }: Late, body: Record<string, unknown>, promiseId = newId(), by = COLLECTOR): Promise<Answer> =>
    monitoring.test.call('PUT', `/loans/${loanId}/promises/${promiseId}`, of(tenantId, by), { amountMinor: '1000000', payBy: addDays(day, 2), ...body });
  const statesOf = async ({ tenantId, loanId }: Late): Promise<unknown[]> =>
    (await monitoring.test.call('GET', `/loans/${loanId}/promises`, of(tenantId, AUDITOR))).body.items.map((one: Record<string, unknown>) => [
      one['state'],
      one['decidedOn'],
    ]);
  const pay = ({ loanId }: Late, amountMinor: string): Promise<Answer['body']> => monitoring.pay(loanId, amountMinor);
  const toldOf = async ({ loanId }: Late): Promise<string[]> =>
    (await monitoring.test.eventTypes(loanId)).filter((type) => type.startsWith('collection-promise')).map((type) => type.slice('collection-promise-'.length));

  test('R-CR-06: one is kept as soon as so much has come, in parts too, and the money of before it does not count', async () => {
    const [late, other] = [await lateLoan(), await lateLoan()];
    await pay(late, '900000');
    monitoring.test.clock.advance(60_000);
    const promiseId = newId();
    for (const [one, id] of [
      [late, promiseId],
      [other, newId()],
    ] as const)
      expect(await promise(one, {}, id)).toMatchObject({ status: 201, body: { state: 'open' } });
    expect(codeOf(await promise(late, {}))).toBe('PROMISE_OPEN');
    await pay(late, '600000');
    expect(await statesOf(late)).toEqual([['open', null]]);
    await pay(late, '400000');
    expect(await statesOf(late)).toEqual([['kept', day]]);
    expect(await promise(late, {}, promiseId)).toMatchObject({ status: 200, body: { state: 'kept' } });
    expect(await toldOf(late)).toEqual(['made', 'kept']);
    expect(await statesOf(other)).toEqual([['open', null]]);
  });

  test('R-CR-06: one is broken at the close of its day and not before, once', async () => {
    const late = await lateLoan();
    const payBy = addDays(day, 2);
    expect(codeOf(await promise(late, {}))).toBe(201);
    await pay(late, '999999');
    await bookOf(monitoring).closeTenant(late.tenantId, addDays(payBy, -1));
    expect(await statesOf(late)).toEqual([['open', null]]);
    for (const through of [payBy, addDays(payBy, 1)]) await bookOf(monitoring).closeTenant(late.tenantId, through);
    expect(await statesOf(late)).toEqual([['broken', payBy]]);
    expect(await toldOf(late)).toEqual(['made', 'broken']);
  });

  test('R-CR-06: arrears that are gone leave nothing to be promised, and what was open is kept', async () => {
    const late = await lateLoan();
    expect(codeOf(await promise(late, { amountMinor: '900000000' }))).toBe(201);
    const { dueMinor } = (await monitoring.test.call('GET', `/collection/cases/${late.caseId}`, of(late.tenantId))).body;
    await pay(late, dueMinor);
    expect(await statesOf(late)).toEqual([['kept', day]]);
    expect(codeOf(await promise(late, {}))).toBe('NO_ARREARS');
  });

  test('what is no promise is refused: a day that is over, an amount of nothing, another role, another lender', async () => {
    const late = await lateLoan();
    expect(codeOf(await promise(late, { payBy: addDays(day, -1) }))).toBe('PROMISE_IN_PAST');
    for (const wrong of [{ amountMinor: '0' }, { amountMinor: '-5' }, { payBy: '2026-02-30' }, { payBy: undefined }])
      expect(codeOf(await promise(late, wrong))).toBe('VALIDATION_FAILED');
    expect(codeOf(await promise(late, {}, newId(), RISK_OFFICER))).toBe('FORBIDDEN');
    expect(codeOf(await promise({ ...late, tenantId: newTenant() }, {}))).toBe('NOT_FOUND');
    const promiseId = newId();
    expect(codeOf(await promise(late, {}, promiseId))).toBe(201);
    expect(codeOf(await promise(late, { amountMinor: '2' }, promiseId))).toBe('ID_REUSED');
    expect(await toldOf(late)).toEqual(['made']);
  });
});
