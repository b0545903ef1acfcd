import { newId } from '@millrace/contracts';
import { asOperator, TestService } from '@millrace/testing';
import {
  claimTask,
  closeTasks,
  decideTask,
  delegateTask,
  findTask,
  noteDependence,
  openTask,
  releaseTask,
  remindTasks,
  stepsOf,
  type Person,
  type Said,
} from '../src/index.js';
import { COMMITTEE, deciding, REVIEW } from './deciding-service.js';

// Goal: one person who is independent decides by a reason of the catalogue, whoever clicks how often (R-UW-05, R-IT-06). Method: one real service.
let service: TestService;
beforeAll(async () => {
  service = await TestService.start(deciding as never);
});
afterAll(() => service.stop());

const now = (): Date => service.clock.now();
const due = (): Date => new Date(now().getTime() + 86_400_000);
const approver = (name: string): Person => ({ name, roles: ['credit_approver'] });

async function open(parties = { maker: 'anna', accountManager: 'Ben Li' }): Promise<{ applicationId: string; taskId: string }> {
  const applicationId = newId();
  const question = { subjectId: applicationId, subject: { applicationId }, tenantId: 'demo', facts: {}, parties, dueAt: due() };
  return { applicationId, taskId: await asOperator(service, (tx) => openTask(tx, REVIEW, question, now())) };
}
const decide = (taskId: string, name: string, decision = 'approve', reason = 'LOOKED_AT'): Promise<Said> =>
  asOperator(service, (tx) => decideTask(tx, REVIEW, taskId, { decision, parameters: {}, reason, by: approver(name) }, now()));
const actions = async (taskId: string): Promise<string[]> => (await stepsOf(service.pool, taskId)).map(({ action }) => action);

test('ten clicks at once, of one clerk or of ten: one decides, the others are told by whom it is decided', async () => {
  for (const nameOf of [() => 'carla', (n: number) => `clerk-${n}`]) {
    const { taskId } = await open();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        decide(taskId, nameOf(n)).then(
          ({ kind }) => kind,
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'decided')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'ALREADY_DECIDED')).toHaveLength(9);
    expect((await actions(taskId)).filter((action) => action === 'DECIDE')).toHaveLength(1);
  }
});

test.each(['I_JUST_DISLIKE_THEM', 'FRAUD_CONFIRMD', 'AFFORDABILITY', ''])('a reason that the decision does not take is refused: %p', async (reason) => {
  const { taskId } = await open();
  await expect(decide(taskId, 'carla', 'approve', reason)).rejects.toMatchObject({
    code: 'REASON_UNKNOWN',
    message: expect.stringContaining('CASH_FLOW_SOUND'),
  });
  expect((await findTask(service.pool, taskId))!.status).toBe('open');
});

test.each([
  ['the maker', 'anna'],
  ['the maker in another spelling', ' ANNA\u200b'],
  ['the account manager', 'ＢＥＮ  li'],
])('S08, G-WC-11, R-UW-05: %s may not decide, and the attempt stays in the history', async (_who, name) => {
  const { taskId } = await open();
  await expect(decide(taskId, name)).rejects.toMatchObject({ code: 'SOD_VIOLATION' });
  await asOperator(service, (tx) => noteDependence(tx, taskId, approver(name), now()));
  expect(await stepsOf(service.pool, taskId)).toContainEqual(expect.objectContaining({ action: 'SOD_BLOCKED', by: name }));
});

test('R-DB-02: who decided another task about the same subject decides no further one', async () => {
  const { applicationId, taskId } = await open();
  await decide(taskId, 'carla');
  const other = await asOperator(service, (tx) => openTask(tx, COMMITTEE, { subjectId: applicationId, subject: { applicationId }, facts: {} }, now()));
  const vote = (name: string) =>
    asOperator(service, (tx) => decideTask(tx, COMMITTEE, other, { decision: 'approve', parameters: {}, reason: 'LOOKED_AT', by: approver(name) }, now()));
  await expect(vote('CARLA')).rejects.toMatchObject({ code: 'SOD_VIOLATION' });
  expect((await vote('dora')).kind).toBe('waiting');
});

test('without the role nobody decides, and no operator does', async () => {
  const { taskId } = await open();
  for (const by of [
    { name: 'carla', roles: ['auditor'] },
    { name: 'carla', roles: [] },
    { name: 'olga', roles: 'operator' },
  ] as const)
    await expect(
      asOperator(service, (tx) => decideTask(tx, REVIEW, taskId, { decision: 'approve', parameters: {}, reason: 'LOOKED_AT', by }, now())),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a task is claimed by one, handed on, given back, and decided by who has it', async () => {
  const { taskId } = await open();
  const claim = (name: string) => asOperator(service, (tx) => claimTask(tx, REVIEW, taskId, approver(name), now()));
  const claims = await Promise.all(
    ['carla', 'dora', 'emil'].map((name) =>
      claim(name).then(
        () => name,
        (error: { code?: string }) => error.code,
      ),
    ),
  );
  expect(claims.filter((outcome) => outcome === 'CLAIMED_BY_OTHER')).toHaveLength(2);
  const holder = (await findTask(service.pool, taskId))!.claimedBy!;
  expect((await claim(holder)).claimedBy).toBe(holder);
  await expect(decide(taskId, 'fritz')).rejects.toMatchObject({ code: 'CLAIMED_BY_OTHER' });
  const delegate = (by: string, to: string) => asOperator(service, (tx) => delegateTask(tx, REVIEW, taskId, approver(by), to, now()));
  await expect(delegate('fritz', 'gina')).rejects.toMatchObject({ code: 'NOT_CLAIMED' });
  await expect(delegate(holder, 'Li Na 李娜')).rejects.toMatchObject({ code: 'NAME_MISSING' });
  await expect(delegate(holder, 'anna')).rejects.toMatchObject({ code: 'SOD_VIOLATION' });
  expect((await delegate(holder, 'gina')).claimedBy).toBe('gina');
  expect((await asOperator(service, (tx) => releaseTask(tx, REVIEW, taskId, approver('gina'), now()))).claimedBy).toBeNull();
  expect((await decide(taskId, 'fritz')).kind).toBe('decided');
  expect(await actions(taskId)).toEqual(['OPEN', 'CLAIM', 'DELEGATE', 'RELEASE', 'DECIDE']);
  expect((await stepsOf(service.pool, taskId))[2]).toMatchObject({ by: holder, givenTo: 'gina' });
});

test('a task is reminded of, and closed where its process goes on without people; the log is told of both', async () => {
  const { applicationId, taskId } = await open();
  const next = new Date(due().getTime() + 86_400_000);
  await asOperator(service, (tx) => remindTasks(tx, [REVIEW], applicationId, next, now()));
  await asOperator(service, (tx) => closeTasks(tx, [REVIEW], applicationId, now()));
  await asOperator(service, (tx) => closeTasks(tx, [REVIEW], applicationId, now()));
  expect(await findTask(service.pool, taskId)).toMatchObject({ status: 'closed', reminders: 1, dueAt: next });
  await expect(decide(taskId, 'carla')).rejects.toMatchObject({ code: 'TASK_CLOSED' });
  const told = await service.taskEvents(applicationId);
  expect(told.map(({ payload }) => [payload.change ?? 'opened', payload.status ?? 'open', payload.seq])).toEqual([
    ['opened', 'open', 1],
    ['REMIND', 'open', 2],
    ['CLOSE', 'closed', 3],
  ]);
  expect(told[0]!.payload).toMatchObject({
    tenantId: 'demo',
    kind: 'test-review',
    roles: ['credit_approver'],
    votesNeeded: 1,
    applicationId,
    storyId: applicationId,
  });
});

test('a subject has several open tasks of different kinds', async () => {
  const { applicationId } = await open();
  await asOperator(service, (tx) => openTask(tx, COMMITTEE, { subjectId: applicationId, subject: { applicationId }, facts: {} }, now()));
  const { rows } = await service.pool.query(`select kind from task where subject_id = $1 and status = 'open' order by kind`, [applicationId]);
  expect(rows).toEqual([{ kind: 'credit-committee' }, { kind: 'test-review' }]);
});
