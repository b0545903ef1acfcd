import { newId } from '@millrace/contracts';
import { asOperator, TestService, until } from '@millrace/testing';
import { concludeVote, declareConflict, decideTask, findTask, minutesOf, openTask, stepsOf, votesOf, type Person, type Said } from '../src/index.js';
import { COMMITTEE, deciding } from './deciding-service.js';

// Goal: three of five with two thirds decide, the head of risk may stop it, and whoever has a conflict of interest has no vote (R-UW-05, S08).
let service: TestService;
beforeAll(async () => {
  service = await TestService.start(deciding as never);
});
afterAll(() => service.stop());

const now = (): Date => service.clock.now();
const member = (name: string): Person => ({ name, roles: ['credit_approver'] });
const HEAD: Person = { name: 'risk-head', roles: ['risk_officer'] };

async function convene(): Promise<{ applicationId: string; taskId: string }> {
  const applicationId = newId();
  const question = { subjectId: applicationId, subject: { applicationId }, facts: {}, parties: { maker: 'anna', accountManager: 'ben' } };
  return { applicationId, taskId: await asOperator(service, (tx) => openTask(tx, COMMITTEE, question, now())) };
}
const vote = (taskId: string, by: Person, decision: 'approve' | 'reject' = 'approve'): Promise<Said> => {
  const reason = decision === 'approve' ? 'CASH_FLOW_SOUND' : 'AFFORDABILITY';
  return asOperator(service, (tx) => decideTask(tx, COMMITTEE, taskId, { decision, parameters: {}, reason, by }, now()));
};
const conclude = (taskId: string, by = HEAD): Promise<Said> => asOperator(service, (tx) => concludeVote(tx, COMMITTEE, taskId, by, now()));
const conflict = (taskId: string, by: Person): Promise<Said> =>
  asOperator(service, (tx) => declareConflict(tx, COMMITTEE, taskId, by, 'a share in the firm', now()));

test('S08: three of five yes, no veto: approved when the vote is concluded, once, with minutes', async () => {
  const { applicationId, taskId } = await convene();
  await vote(taskId, member('carla'));
  await vote(taskId, HEAD);
  await expect(conclude(taskId)).rejects.toMatchObject({ code: 'VOTE_INCOMPLETE', message: expect.stringContaining('2 of at least 3') });
  expect((await vote(taskId, member('dora'))).kind).toBe('waiting');
  expect(await conclude(taskId)).toMatchObject({ kind: 'decided', task: { decision: 'approve', reason: 'MAJORITY' } });
  await expect(conclude(taskId)).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
  await until(async () => (await findTask(service.pool, taskId))!.status === 'applied', 'the deed');
  expect((await service.events(applicationId)).map(({ payload }) => payload.decision)).toEqual(['approve']);
  const task = (await findTask(service.pool, taskId))!;
  expect(minutesOf(COMMITTEE, task, await votesOf(service.pool, task))).toMatchObject({
    question: 'Does the committee approve the loan?',
    votes: [{ voter: 'carla', decision: 'approve', reason: 'CASH_FLOW_SOUND' }, { voter: 'dora' }, { voter: 'risk-head', hasVeto: true }],
    conflicts: [],
    outcome: 'approve',
    because: 'MAJORITY',
  });
});

test('the veto of the head of risk ends it at once, whatever the others say, before the quorum and after it', async () => {
  const first = await convene();
  expect(await vote(first.taskId, HEAD, 'reject')).toMatchObject({ task: { decision: 'reject', reason: 'VETO' } });
  const last = await convene();
  for (const name of ['carla', 'dora', 'emil', 'fritz']) expect((await vote(last.taskId, member(name))).kind).toBe('waiting');
  expect(await vote(last.taskId, HEAD, 'reject')).toMatchObject({ task: { decision: 'reject', reason: 'VETO' } });
});

test('nothing is approved before the head of risk is heard', async () => {
  const { taskId } = await convene();
  for (const name of ['carla', 'dora', 'emil', 'fritz']) await vote(taskId, member(name));
  await expect(conclude(taskId, member('carla'))).rejects.toMatchObject({ code: 'VOTE_INCOMPLETE', message: expect.stringContaining('risk_officer') });
});

test('S08: maker and account manager have no vote, under whatever spelling; a declared conflict takes a seat and no vote', async () => {
  const { taskId } = await convene();
  for (const name of ['anna', 'ANNA ', 'Ben']) await expect(vote(taskId, member(name))).rejects.toMatchObject({ code: 'SOD_VIOLATION' });
  // Whoever made the subject takes no seat by giving it up either.
  await expect(conflict(taskId, member('anna'))).rejects.toMatchObject({ code: 'SOD_VIOLATION' });
  expect((await conflict(taskId, member('carla'))).kind).toBe('waiting');
  await expect(vote(taskId, member('Carla'))).rejects.toMatchObject({ code: 'ALREADY_VOTED' });
  await vote(taskId, HEAD);
  await vote(taskId, member('dora'));
  await vote(taskId, member('emil'), 'reject');
  expect(await vote(taskId, member('fritz'))).toMatchObject({ task: { decision: 'approve', reason: 'MAJORITY' } });
  await expect(vote(taskId, member('gina'))).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
  expect((await stepsOf(service.pool, taskId)).map(({ action }) => action)).toEqual(['OPEN', 'CONFLICT', 'VOTE', 'VOTE', 'VOTE', 'VOTE', 'DECIDE']);
});

test('with three conflicts no quorum is left, and nobody can conclude', async () => {
  const { taskId } = await convene();
  for (const name of ['carla', 'dora', 'emil']) await conflict(taskId, member(name));
  expect(await vote(taskId, HEAD)).toMatchObject({ kind: 'waiting', why: expect.stringContaining('can no longer vote') });
  await expect(conclude(taskId)).rejects.toMatchObject({ code: 'VOTE_INCOMPLETE' });
});

test('ten members at once, and one who clicks ten times: five seats, one vote each, one outcome', async () => {
  const { applicationId, taskId } = await convene();
  const twice = await Promise.all(
    Array.from({ length: 10 }, () =>
      vote(taskId, member('carla')).then(
        ({ kind }) => kind,
        (error: { code?: string }) => error.code,
      ),
    ),
  );
  expect(twice.filter((outcome) => outcome === 'ALREADY_VOTED')).toHaveLength(9);
  const voters = [HEAD, ...Array.from({ length: 9 }, (_, n) => member(`member-${n}`))];
  const outcomes = await Promise.all(
    voters.map((by) =>
      vote(taskId, by).then(
        ({ kind }) => kind,
        (error: { code?: string }) => error.code,
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'decided').length).toBeLessThanOrEqual(1);
  const task = (await findTask(service.pool, taskId))!;
  expect((await votesOf(service.pool, task)).length).toBeLessThanOrEqual(5);
  if (task.status !== 'open') await until(async () => (await service.events(applicationId)).length === 1, 'the deed');
});
