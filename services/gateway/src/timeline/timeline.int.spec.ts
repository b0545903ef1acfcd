import {
  ContractSigned,
  describeEvent,
  DisbursementRequested,
  LoanActivated,
  LoanApplicationSubmitted,
  LoanBooked,
  LoanClosed,
  LoanSettled,
  ManualReviewRequested,
  newId,
  PayeeAccountChanged,
  RepaymentReceived,
  ReviewDecided,
  type DomainEvent,
  type EventClass,
} from '@millrace/contracts';
import { Consumer, encodeEvent, nextTraceparent, TransactionRunner, type Actor } from '@millrace/messaging';
import { until, type Answer } from '@millrace/testing';
import { problem, RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => upstreams.reset());

const SHA = 'a'.repeat(64);
const POLICY = 'online_microloan.v0';
const TERMS = { uscc: '91990100MA0TE00010', currency: 'CNY', tenorMonths: 12, policyVersion: POLICY } as const;

function submitted(applicationId: string): LoanApplicationSubmitted {
  const money = { requestedAmountMinor: '30000000', repaymentMethod: 'equal_instalment' } as const;
  const owner = { tenantId: 't1', partnerId: 'partner-1' };
  return new LoanApplicationSubmitted({ applicationId, productCode: 'invoice-loan', submittedAt: '2026-03-02T01:00:00.000Z', ...owner, ...TERMS, ...money });
}

/** Puts an event on the log as somebody's doing, and waits until it is handled. */
async function deliverAs(actor: Actor, event: DomainEvent<unknown>): Promise<void> {
  const { log, pool, clock } = gateway.service;
  const context = { actor, causationId: newId() };
  const source = describeEvent(event.constructor as EventClass).producer;
  const { id, topic, key, headers, payload } = encodeEvent(event, { source, time: clock.now(), context, traceparent: nextTraceparent(undefined) });
  await log.append([{ topic, key, headers, value: Buffer.from(payload) }]);
  await until(async () => (await pool.query('select 1 from inbox where event_id = $1', [id])).rowCount === 1, 'handling it');
}

/** An application that went the whole way, every event delivered three times; ten minutes between steps. */
async function wholeWay(): Promise<{ applicationId: string; loanId: string }> {
  const [applicationId, loanId, contractId, reviewTaskId] = [newId(), newId(), newId(), newId()];
  const signature = { signatureId: newId(), certificateSerial: 'CA-1', signedAt: '2026-03-02T02:00:00.000Z' };
  const allocation = { feesMinor: '0', penaltyMinor: '0', interestMinor: '158750', principalMinor: '30000000', unallocatedMinor: '0' };
  const reasons = [{ code: 'REVENUE_GAP', sentence: 'Declared and invoiced revenue differ.' }];
  const events = [
    submitted(applicationId),
    new ManualReviewRequested({ applicationId, reviewTaskId, stage: 'verification', tier: 'T1', reasons, dueAt: '2026-03-04T01:00:00.000Z' }),
    new ReviewDecided({
      applicationId,
      reviewTaskId,
      decisionId: newId(),
      stage: 'verification',
      decision: 'approve',
      staffId: 'olga',
      reasonCode: 'EXPLAINED',
    }),
    new ContractSigned({ applicationId, contractId, contractSha256: SHA, ...signature }),
    new PayeeAccountChanged({ applicationId, accountChangeId: newId(), addendumSha256: SHA, payeeRecordId: newId(), signedAt: signature.signedAt }),
    new DisbursementRequested({
      applicationId,
      loanId,
      contractId,
      contractSha256: SHA,
      tenantId: 't1',
      amountMinor: '30000000',
      payeeRecordId: newId(),
      ...TERMS,
    }),
    new LoanActivated({
      ...{ applicationId, loanId, contractId, payoutId: newId(), tenantId: 't1', partnerId: 'partner-1', principalMinor: '30000000', rateBps: 635 },
      ...{ ...TERMS, repaymentMethod: 'equal_instalment', dayCount: 'periodic', disbursedOn: '2026-03-02' },
    }),
    new LoanBooked({
      ...{ applicationId, loanId, principalMinor: '30000000', instalments: 12, instalmentMinor: '2586947', totalInterestMinor: '1043364' },
      ...{ firstDueOn: '2026-04-02', maturesOn: '2027-03-02' },
    }),
    new RepaymentReceived({
      ...{ applicationId, loanId, repaymentId: newId(), amountMinor: '30158750', receivedOn: '2026-04-02', bankReference: 'secret of somebody' },
      ...{ allocation, outstandingPrincipalMinor: '0' },
    }),
    new LoanSettled({ applicationId, loanId, settledOn: '2026-04-02' }),
    new LoanClosed({ applicationId, loanId }),
  ];
  for (const event of events) {
    await gateway.service.deliver(event);
    gateway.service.clock.advance(60_000);
  }
  return { applicationId, loanId };
}

const types = ({ body }: Answer): string[] =>
  body.items.map(({ type }: { type: string }) => type.replace(/^dev\.millrace\.lending\.(loan-application|post-loan-monitoring)\./, ''));

describe('a loan that went the whole way', () => {
  let applicationId: string;
  let loanId: string;
  beforeAll(async () => {
    ({ applicationId, loanId } = await wholeWay());
  });

  test('has every step once, in order, with time, actor, type, reason and a sentence', async () => {
    const answer = await gateway.get(`/v1/loan-applications/${applicationId}/timeline`, 'client-1');
    expect([answer.status, answer.body.complete]).toEqual([200, true]);
    const loan = ['disbursement-requested', 'loan-activated', 'loan-booked', 'repayment-received', 'loan-settled', 'loan-closed'];
    expect(types(answer)).toEqual(['submitted', 'manual-review-requested', 'review-decided', 'contract-signed', 'payee-account-changed', ...loan]);
    expect(answer.body.items[1]).toEqual({
      eventId: expect.any(String),
      type: 'dev.millrace.lending.loan-application.manual-review-requested',
      title: 'A person looks at the application.',
      occurredAt: '2026-03-02T01:01:00.000Z',
      actor: { kind: 'system', id: 'test' },
      reasons: [{ code: 'REVENUE_GAP', sentence: expect.stringContaining('please correct or explain') }],
      applicationId,
      loanId: null,
    });
    expect(answer.body.items[2].reasons).toEqual([]);
    expect(JSON.stringify(answer.body)).not.toMatch(/secret of somebody|91990100MA0TE00010|olga/);
    expect(await gateway.service.parked()).toEqual([]);
    const ofLoan = await gateway.get(`/v1/loans/${loanId}/timeline`, 'client-1');
    expect(types(ofLoan)).toEqual(loan);
    // Neither timeline asked any service.
    expect(upstreams.calls).toEqual([]);
  });

  test('is seen by its partner and the staff of its tenant, and is unknown to everybody else', async () => {
    for (const path of [`/v1/loan-applications/${applicationId}/timeline`, `/v1/loans/${loanId}/timeline`]) {
      expect((await gateway.get(path, 'audrey')).status).toBe(200);
      for (const other of ['client-2', 'stranger', 'other-staff'] as const) {
        const { status, body } = await gateway.get(path, other);
        expect([path, other, status, body.code]).toEqual([path, other, 404, 'NOT_FOUND']);
      }
    }
  });

  test('shows its scores to the staff of its tenant alone, though scoring knows no tenants', async () => {
    upstreams.on('GET', /^\/scores\//, { status: 200, body: { items: [] } });
    for (const path of ['scores', `scores/${newId()}/recomputation`]) {
      expect((await gateway.get(`/v1/loan-applications/${applicationId}/${path}`, 'audrey')).status).toBe(200);
      expect((await gateway.get(`/v1/loan-applications/${applicationId}/${path}`, 'other-staff')).body.code).toBe('NOT_FOUND');
    }
    expect(upstreams.calls).toHaveLength(2);
  });
});

test('a stored step of an event that is not visible to partners is shown to nobody', async () => {
  const applicationId = newId();
  await gateway.service.deliver(submitted(applicationId));
  const path = `/v1/loan-applications/${applicationId}/timeline`;
  const copy = `insert into timeline_entry select (e).* from (select jsonb_populate_record(t, jsonb_build_object(
    'event_id', $2::text, 'fact_sha256', 'x', 'type', 'lending.kyc-antifraud.passed')) as e from timeline_entry t where application_id = $1) copies`;
  expect((await gateway.service.pool.query(copy, [applicationId, newId()])).rowCount).toBe(1);
  expect(types(await gateway.get(path, 'client-1'))).toEqual(['submitted']);
  expect(types(await gateway.get(path, 'audrey'))).toEqual(['submitted']);
  await gateway.service.pool.query(`delete from timeline_entry where fact_sha256 = 'x'`);
});

test('partners are told that staff acted, staff are told who', async () => {
  const applicationId = newId();
  const decision = { decisionId: newId(), stage: 'verification', decision: 'reject', staffId: 'olga', reasonCode: 'UNTRUE_INFO' } as const;
  await gateway.service.deliver(submitted(applicationId));
  await deliverAs({ kind: 'staff', id: 'olga' }, new ReviewDecided({ applicationId, reviewTaskId: newId(), ...decision }));
  const path = `/v1/loan-applications/${applicationId}/timeline`;
  expect((await gateway.get(path, 'client-1')).body.items[1].actor).toEqual({ kind: 'staff', id: 'staff' });
  expect((await gateway.get(path, 'audrey')).body.items[1].actor).toEqual({ kind: 'staff', id: 'olga' });
});

test('an application whose events are still on their way has an empty timeline, for its owner only', async () => {
  const applicationId = newId();
  upstreams.on('GET', /^\/loan-applications\//, { status: 200, body: {} });
  const path = `/v1/loan-applications/${applicationId}/timeline`;
  expect((await gateway.get(path, 'client-1')).body).toEqual({ items: [], complete: true });
  expect((await gateway.get(path, 'client-2')).body.code).toBe('NOT_FOUND');
  upstreams.on('GET', /./, problem(404, 'NOT_FOUND'));
  expect((await gateway.get(`/v1/loans/${newId()}/timeline`, 'audrey')).body.code).toBe('NOT_FOUND');
});

test('M-EV-06: the same read model comes out of the log again, row by row', async () => {
  const { pool, service, log } = gateway.service;
  const rows = async (): Promise<unknown[]> => {
    const [entries, owners] = await Promise.all(['timeline_entry', 'application_owner'].map((table) => pool.query(`select * from ${table} order by 1`)));
    return [...entries!.rows, ...owners!.rows];
  };
  const before = await rows();
  expect(before.length).toBeGreaterThan(10);
  await pool.query('delete from timeline_entry');
  await pool.query('delete from application_owner');
  const rebuild = new Consumer({
    name: 'gateway-rebuild',
    log,
    runner: service.app.get(TransactionRunner),
    subscriptions: gateway.service.definition.consumes,
    resolve: (handler) => service.app.get(handler),
    onError: () => undefined,
  });
  await rebuild.start();
  await until(async () => (await rows()).length === before.length, 'the rebuild');
  await rebuild.stop();
  expect(await rows()).toEqual(before);
});
