import { LoanApplicationSubmitted, newId, TaskChanged, TaskDecided, TaskOpened, type DomainEvent } from '@millrace/contracts';
import { encodeEvent, nextTraceparent } from '@millrace/messaging';
import { until, type Answer } from '@millrace/testing';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

// Goal: the staff sees what waits for it in all services, and only its own lender's (R-UW-05). Method: task events as their owners write them.
const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

const OPENED_AT = '2026-03-02T00:00:00.000Z';
const DUE_AT = '2026-03-02T00:30:00.000Z';
const LATER = '2026-03-09T00:00:00.000Z';

/** Puts an event on the log as its owner writes it, twice, and waits until it is handled. */
async function tell(owner: string, event: DomainEvent<unknown>): Promise<void> {
  const { log, pool, clock } = gateway.service;
  const context = { actor: { kind: 'system', id: owner }, causationId: newId() } as const;
  const { id, topic, key, headers, payload } = encodeEvent(event, { source: owner, time: clock.now(), context, traceparent: nextTraceparent(undefined) });
  const record = { topic, key, headers, value: Buffer.from(payload) };
  await log.append([record, record]);
  await until(async () => (await pool.query('select 1 from inbox where event_id = $1', [id])).rowCount === 1, 'handling it');
}

const opened = (change: Partial<TaskOpened> = {}): TaskOpened => {
  const [taskId, applicationId] = [newId(), change.applicationId ?? newId()];
  const about = { taskId, storyId: applicationId, applicationId, tenantId: 't1', subjectType: 'application', subjectId: applicationId };
  const asked = { kind: 'approval-review', roles: ['credit_approver'], votesNeeded: 1, openedAt: OPENED_AT, dueAt: LATER, seq: 1 };
  return new TaskOpened({ ...about, ...asked, ...change });
};
const changed = ({ taskId, storyId, dueAt }: TaskOpened, change: Partial<TaskChanged>): TaskChanged =>
  new TaskChanged({ taskId, storyId, applicationId: storyId, change: 'CLAIM', status: 'open', votes: 0, dueAt, reminders: 0, seq: 2, ...change });
const queue = async (query = ''): Promise<Answer['body']['items']> => (await gateway.get(`/v1/tasks${query}`, 'carla')).body.items;
const find = async (taskId: string, query = ''): Promise<Answer['body']> => (await queue(query)).find((item: { taskId: string }) => item.taskId === taskId);

test('a task is in the queue from its opening, follows its claim and its decision, and leaves it', async () => {
  const task = opened();
  await tell('loan-application', task);
  expect(await find(task.taskId)).toEqual({
    ...{ taskId: task.taskId, owner: 'loan-application', kind: 'approval-review', subjectType: 'application', subjectId: task.subjectId },
    ...{ applicationId: task.applicationId, loanId: null, roles: ['credit_approver'], votesNeeded: 1, votes: 0, status: 'open', claimedBy: null },
    ...{ openedAt: OPENED_AT, dueAt: LATER, overdue: false, reminders: 0, decision: null, decidedAt: null },
  });
  await tell('loan-application', changed(task, { claimedBy: 'carla' }));
  expect(await find(task.taskId, '?claimedBy=carla')).toMatchObject({ claimedBy: 'carla' });
  expect(await find(task.taskId, '?claimedBy=dora')).toBeUndefined();
  // What is older than what has been seen changes nothing.
  await tell('loan-application', changed(task, { seq: 2, change: 'RELEASE' }));
  expect(await find(task.taskId)).toMatchObject({ claimedBy: 'carla' });
  const { taskId, storyId } = task;
  await tell('loan-application', new TaskDecided({ taskId, storyId, applicationId: storyId, decision: 'approve', votes: 1, decidedAt: LATER, seq: 3 }));
  expect(await find(taskId)).toMatchObject({ status: 'decided', decision: 'approve', votes: 1 });
  await tell('loan-application', changed(task, { change: 'APPLY', status: 'applied', votes: 1, seq: 4 }));
  expect(await find(taskId)).toBeUndefined();
  expect(await find(taskId, '?status=applied')).toMatchObject({ decision: 'approve' });
});

test('filters hold together, and counts say how many wait, how many too long, and since when', async () => {
  const late = opened({ kind: 'payout-date', subjectType: 'payout', roles: ['payment_officer'], votesNeeded: 2, dueAt: DUE_AT });
  await tell('disbursement', late);
  await tell('disbursement', opened({ kind: 'payout-date', subjectType: 'payout', roles: ['payment_officer'], votesNeeded: 2 }));
  expect(await find(late.taskId, '?kind=payout-date&role=payment_officer&overdue=true&subjectType=payout')).toMatchObject({
    overdue: true,
    owner: 'disbursement',
  });
  for (const query of ['?role=credit_approver', '?overdue=false', '?kind=firm-block', '?status=closed', `?subjectId=${newId()}`, `?applicationId=${newId()}`])
    expect(await find(late.taskId, query)).toBeUndefined();
  const { body } = await gateway.get('/v1/tasks/counts?kind=payout-date', 'pavel');
  const { oldestSeconds, ...count } = body.items[0];
  expect([body.items.length, count]).toEqual([
    1,
    { owner: 'disbursement', kind: 'payout-date', status: 'open', count: 2, overdue: 1, oldestOpenedAt: OPENED_AT },
  ]);
  expect(oldestSeconds).toBe((gateway.service.clock.now().getTime() - new Date(OPENED_AT).getTime()) / 1_000);
});

test('pages of the queue follow each other without a gap', async () => {
  const applicationId = newId();
  for (const kind of ['kind-a', 'kind-b', 'kind-c']) await tell('loan-application', opened({ kind, applicationId }));
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: Answer = await gateway.get(`/v1/tasks?applicationId=${applicationId}&limit=2${cursor ? `&cursor=${cursor}` : ''}`, 'audrey');
    seen.push(...body.items.map(({ kind }: { kind: string }) => kind));
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(['kind-a', 'kind-b', 'kind-c']);
});

test('another lender’s tasks are not seen; where a task names no lender, its application does; one of neither is the operators’', async () => {
  const foreign = opened({ tenantId: 't2' });
  await tell('loan-application', foreign);
  expect(await find(foreign.taskId)).toBeUndefined();
  const { tenantId: _, ...unnamed } = opened();
  await tell('kyc-antifraud', new TaskOpened(unnamed));
  expect(await find(unnamed.taskId)).toBeUndefined();
  const terms = { uscc: '91990100MA0TE00010', currency: 'CNY', tenorMonths: 12, policyVersion: 'online_microloan.v0', productCode: 'invoice-loan' };
  const money = { requestedAmountMinor: '30000000', repaymentMethod: 'equal_instalment', submittedAt: OPENED_AT } as const;
  await tell(
    'loan-application',
    new LoanApplicationSubmitted({ applicationId: unnamed.applicationId!, tenantId: 't1', partnerId: 'partner-1', ...terms, ...money }),
  );
  expect(await find(unnamed.taskId)).toMatchObject({ owner: 'kyc-antifraud' });
});

test('R-UW-05: a service changes its own tasks alone, and nobody without the right sees the queue', async () => {
  const task = opened();
  await tell('loan-application', task);
  await tell('scoring', changed(task, { status: 'closed', change: 'CLOSE' }));
  expect(await find(task.taskId)).toMatchObject({ status: 'open' });
  for (const path of ['/v1/tasks', '/v1/tasks/counts']) {
    for (const client of ['client-1', 'anna'] as const) expect((await gateway.get(path, client)).status).toBe(403);
  }
  expect((await gateway.get('/v1/tasks?status=lost', 'audrey')).status).toBe(400);
});
