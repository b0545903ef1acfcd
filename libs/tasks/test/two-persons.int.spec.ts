import { newId } from '@millrace/contracts';
import { asOperator, sayAbout, TestService, until, type TestSaying } from '@millrace/testing';
import { commentHash, findTask, listTasks, openTask, stepsOf, votesOf } from '../src/index.js';
import { deciding } from './deciding-service.js';
import { QUESTION } from './question.task.js';

// Goal: what two persons must decide is decided by two, applied once, and its history cannot be changed. Method: one real service with one kind.
let service: TestService;
beforeAll(async () => {
  service = await TestService.start(deciding as never);
});
afterAll(() => service.stop());

const PAID_ON: TestSaying = { decision: 'paid-on', parameters: { paidOn: '2026-03-02' }, reason: 'BANK_STATEMENT_SEEN' };
const REFUSE: TestSaying = { decision: 'refuse', parameters: {}, reason: 'BANK_SHOWS_OTHERWISE' };
const now = (): Date => service.clock.now();
const ask = (applicationId: string): Promise<string> =>
  asOperator(service, (tx) => openTask(tx, QUESTION, { subjectId: applicationId, subject: { applicationId }, facts: { said: '2019-01-01' } }, now()));

async function open(): Promise<{ applicationId: string; taskId: string }> {
  const applicationId = newId();
  return { applicationId, taskId: await ask(applicationId) };
}
const say = (taskId: string, { by = 'Li Na', ...saying }: Partial<TestSaying> & { by?: string } = {}) =>
  sayAbout(service, QUESTION, taskId, { ...PAID_ON, ...saying }, by);
const status = async (taskId: string): Promise<string> => (await findTask(service.pool, taskId))!.status;
const applied = (taskId: string): Promise<unknown> => until(async () => (await status(taskId)) === 'applied', 'the decision to be applied');

test('two names decide, the service applies it once, and the history tells all of it', async () => {
  const { applicationId, taskId } = await open();
  expect(await say(taskId)).toBe('waiting');
  expect(await service.events(applicationId)).toEqual([]);
  expect(await say(taskId, { by: 'Wang Wei', reason: 'BANK_CONFIRMED' })).toBe('decided');
  await applied(taskId);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
  const steps = await stepsOf(service.pool, taskId);
  expect(steps.map(({ action, by }) => [action, by])).toEqual([
    ['OPEN', 'deciding'],
    ['PROPOSE', 'Li Na'],
    ['CONFIRM', 'Wang Wei'],
    ['DECIDE', 'Wang Wei'],
    ['APPLY', 'deciding'],
  ]);
  await expect(say(taskId, { by: 'Zhao Min' })).rejects.toThrow('was proposed by Li Na and confirmed by Wang Wei already');
});

test.each(['Li Na', 'LI NA', ' li  na ', 'Ｌｉ Ｎａ', 'Li\u200b Na'])('%p is the same person as Li Na and confirms nothing', async (by) => {
  const { taskId } = await open();
  await say(taskId);
  await expect(say(taskId, { by })).rejects.toThrow('a second person has to confirm it under another name');
  expect([await status(taskId), (await votesOf(service.pool, { taskId, round: 1 })).length]).toEqual(['open', 1]);
});

test('a different decision replaces the proposal and needs a second person itself', async () => {
  const { applicationId, taskId } = await open();
  await say(taskId);
  expect(await say(taskId, { by: 'Wang Wei', parameters: { paidOn: '2026-03-01' } })).toBe('waiting');
  await expect(say(taskId, { by: 'Wang Wei', parameters: { paidOn: '2026-03-01' } })).rejects.toThrow('a second person');
  expect(await say(taskId, { by: 'Li Na', ...REFUSE })).toBe('waiting');
  expect(await say(taskId, { by: 'Wang Wei', ...REFUSE })).toBe('decided');
  await applied(taskId);
  expect(await service.events(applicationId)).toEqual([]);
});

test('a decision that cannot be done opens the item again, with the reason', async () => {
  const { taskId } = await open();
  const parameters = { paidOn: '2026-01-01' };
  await say(taskId, { parameters });
  await say(taskId, { parameters, by: 'Wang Wei' });
  await until(async () => (await status(taskId)) === 'open', 'the item to be open again');
  expect(await stepsOf(service.pool, taskId)).toContainEqual(expect.objectContaining({ action: 'SEND_BACK', reason: 'a holiday is no day of payment' }));
  expect(await findTask(service.pool, taskId)).toMatchObject({ decision: null, round: 2 });
  expect(await votesOf(service.pool, { taskId, round: 2 })).toEqual([]);
});

test.each([
  [{ decision: 'pay' }, 'test-question has no decision pay; there are paid-on, refuse'],
  [{ parameters: {} }, 'the decision paid-on needs paidOn: a day of the calendar, YYYY-MM-DD'],
  [{ parameters: { paidOn: '2026-02-30' } }, 'paidOn must be a day of the calendar'],
  [{ parameters: { paidOn: '2026-3-2' } }, 'paidOn must be a day of the calendar'],
  [{ parameters: { paidOn: '2026-03-02', loan: 'x' } }, 'has no parameter loan'],
  [{ reason: 'bank statement' }, 'to paid-on, give one of: BANK_STATEMENT_SEEN, BANK_CONFIRMED'],
  [{ reason: 'BANK_SHOWS_OTHERWISE' }, 'to paid-on, give one of: BANK_STATEMENT_SEEN, BANK_CONFIRMED'],
  [{ comment: 'x'.repeat(2_001) }, 'a comment has at most 2000 characters'],
  [{ by: '\u200b' }, 'needs the name'],
])('%j is refused in one sentence and changes nothing', async (saying, message) => {
  const { taskId } = await open();
  await expect(say(taskId, saying)).rejects.toThrow(message);
  expect(await status(taskId)).toBe('open');
});

test('the same question is open once, and may be asked again when it is settled', async () => {
  const applicationId = newId();
  const ids = await Promise.all(Array.from({ length: 6 }, () => ask(applicationId)));
  expect(new Set(ids).size).toBe(1);
  await sayAbout(service, QUESTION, ids[0]!, REFUSE, 'Li Na', 'Wang Wei');
  await applied(ids[0]!);
  expect(await ask(applicationId)).not.toBe(ids[0]);
});

test('thirty persons at once: one proposes, one confirms, it is applied once', async () => {
  const { applicationId, taskId } = await open();
  const sayings = Array.from({ length: 30 }, (_, n) => say(taskId, { by: `person ${n}` }).catch(() => 'refused'));
  const outcomes = await Promise.all(sayings);
  expect([outcomes.filter((said) => said === 'waiting').length, outcomes.filter((said) => said === 'decided').length]).toEqual([1, 1]);
  await applied(taskId);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
});

test('T61: a comment stays with the vote of its author, and the history has its hash, which nobody may change', async () => {
  const { taskId } = await open();
  await say(taskId, { comment: 'page 3 of the statement' });
  await say(taskId, { by: 'Wang Wei' });
  const comments = (await votesOf(service.pool, { taskId, round: 1 })).map(({ voter, comment }) => [voter, comment]);
  expect(comments).toEqual([
    ['Li Na', 'page 3 of the statement'],
    ['Wang Wei', null],
  ]);
  const steps = await stepsOf(service.pool, taskId);
  expect(steps.filter(({ commentSha256 }) => commentSha256 !== null)).toMatchObject([
    { action: 'PROPOSE', by: 'Li Na', commentSha256: commentHash('page 3 of the statement') },
  ]);
  await expect(service.pool.query('update task_step set comment_sha256 = null where task_id = $1', [taskId])).rejects.toThrow('permission denied');
});

test('what was proposed in free words, as versions before took them, stays readable and is confirmed with a code', async () => {
  const { applicationId, taskId } = await open();
  await say(taskId);
  await service.administer(`update deciding.task_vote set reason = 'the statement of page 3' where task_id = $1`, [taskId]);
  expect(await say(taskId, { by: 'Wang Wei' })).toBe('decided');
  await applied(taskId);
  expect((await votesOf(service.pool, { taskId, round: 1 })).map(({ reason }) => reason)).toEqual(['the statement of page 3', 'BANK_STATEMENT_SEEN']);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
});

test('the database itself refuses one person twice, and a change of the history', async () => {
  const { taskId } = await open();
  await say(taskId);
  const twice = `insert into task_vote (task_id, round, voter_key, voter, decision, reason, at) select task_id, round, voter_key, 'L. Na', decision, reason, at from task_vote where task_id = $1`;
  await expect(service.pool.query(twice, [taskId])).rejects.toThrow(/task_vote_pkey/);
  await expect(service.pool.query('delete from task_step where task_id = $1', [taskId])).rejects.toThrow('permission denied');
  await expect(service.pool.query(`update task_step set by = 'nobody' where task_id = $1`, [taskId])).rejects.toThrow('permission denied');
});

test('what came of a task is told by events without a name of anybody', async () => {
  const { applicationId, taskId } = await open();
  await sayAbout(service, QUESTION, taskId, { ...PAID_ON, comment: 'page 3' }, 'Li Na', 'Wang Wei');
  await applied(taskId);
  const told = await service.taskEvents(applicationId);
  expect(told.map(({ type, payload }) => [type, payload.change ?? payload.decision ?? payload.kind, payload.votes ?? 0])).toEqual([
    ['opened', 'test-question', 0],
    ['changed', 'PROPOSE', 1],
    ['decided', 'paid-on', 2],
    ['changed', 'APPLY', 0],
  ]);
  expect(JSON.stringify(told)).not.toMatch(/Li Na|Wang Wei|BANK_STATEMENT|page 3/);
});

test('a process that ends between the proposal, the confirmation and the deed does it after its next start, once', async () => {
  const { applicationId, taskId } = await open();
  await say(taskId);
  await service.whileDown(async () => {
    expect(await say(taskId, { by: 'Wang Wei' })).toBe('decided');
    expect(await status(taskId)).toBe('decided');
  });
  await applied(taskId);
  expect(await service.eventTypes(applicationId)).toHaveLength(1);
});

test('what waits is told by kind, 0 before the first', async () => {
  const metrics = await (await fetch(`${service.operationsUrl}/metrics`)).text();
  const waiting = (await listTasks(service.pool, { kinds: [QUESTION.kind], limit: 1_000 })).length;
  expect(metrics).toContain(`millrace_held_items{kind="test-question",service="deciding"} ${waiting}`);
  expect(metrics).not.toMatch(/millrace_held_items\{kind="(test-review|credit-committee)"/);
});
