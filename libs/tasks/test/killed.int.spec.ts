import { newId, systemClock, TOPICS, TOPICS_TO_MAKE } from '@millrace/contracts';
import { PostgresEventLog } from '@millrace/messaging';
import { openPool } from '@millrace/service';
import { asOperator, ChildProgram, createTestDatabase, until, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { decideTask, findTask, openTask, stepsOf, votesOf, type Said } from '../src/index.js';
import type { DecidingSettings } from './deciding-process.js';
import { deciding } from './deciding-service.js';
import { QUESTION } from './question.task.js';
import type { SayingSettings } from './saying-process.js';

// Goal: what two persons say, and what follows from it, survives the death of the process at any point, and is done exactly once (R-UW-05, M-EV-01). Method: real
// processes that a lock of the test stops at a known statement, and SIGKILL; nothing depends on how long anything takes.
/** A process is transpiled as it starts, on a machine that may do other work. */
const STARTED_WITHIN_MS = 180_000;
let database: TestDatabase;
let pool: pg.Pool;
let admin: pg.Client;
const programs: ChildProgram<Said['kind']>[] = [];

beforeAll(async () => {
  database = await createTestDatabase([deciding as never]);
  const log = await PostgresEventLog.open({ connectionString: database.urls.eventLog, onError: () => undefined });
  await log.createTopics(TOPICS_TO_MAKE);
  await log.close();
  pool = openPool({ connectionString: database.urls.of('deciding'), max: 2 }, () => undefined);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  await pool.end();
  await admin.end();
  await database.drop();
});

const asOne = <T>(work: Parameters<typeof asOperator<T>>[1]): Promise<T> => asOperator({ pool, clock: systemClock, definition: deciding }, work);
const open = (): Promise<string> => {
  const applicationId = newId();
  return asOne((tx) => openTask(tx, QUESTION, { subjectId: applicationId, subject: { applicationId }, facts: {} }, systemClock.now()));
};
const sayHere = (taskId: string, name: string): Promise<Said> => {
  const saying = { decision: 'paid-on', parameters: { paidOn: '2026-03-02' }, reason: 'BANK_STATEMENT_SEEN', by: { name, roles: 'operator' } } as const;
  return asOne((tx) => decideTask(tx, QUESTION, taskId, saying, systemClock.now()));
};

function run(script: string, settings: DecidingSettings | SayingSettings): ChildProgram<Said['kind']> {
  const program = ChildProgram.run<Said['kind']>(new URL(script, import.meta.url), settings);
  programs.push(program);
  return program;
}
const serve = (): ChildProgram<Said['kind']> => run('deciding-process.ts', { databaseUrl: database.urls.of('deciding'), eventLogUrl: database.urls.eventLog });
const say = (taskId: string, by: string): ChildProgram<Said['kind']> => run('saying-process.ts', { databaseUrl: database.urls.of('deciding'), taskId, by });

/** The process dies when it has reported this. */
async function killWhenReported(program: ChildProgram<Said['kind']>, wanted: Said['kind']): Promise<void> {
  await program.reported((report) => report === wanted, `the report "${wanted}"`);
  await program.kill();
}

// The relay may wait for the outbox too, and is not meant.
const WAITS = `select l.pid from pg_locks l join pg_stat_activity a using (pid)
  where l.relation = ('deciding.' || $1)::regclass and not l.granted and a.query like '%insert into ' || $1 || '%'`;

/** The process dies while it writes its first row into a table: what it wrote before is there and not committed. The server has ended its session when this resolves. */
async function killWhileWriting(start: () => ChildProgram<Said['kind']>, table: string): Promise<void> {
  // What runs is looked at from another session: within a transaction, pg_stat_activity stays as it was at the first look.
  await admin.query('begin');
  await admin.query(`lock table deciding.${table} in share mode`);
  const program = start();
  const { pid } = await until(async () => (await pool.query<{ pid: number }>(WAITS, [table])).rows[0], `writing ${table}`, STARTED_WITHIN_MS);
  await program.kill();
  await admin.query('rollback');
  await until(async () => (await pool.query('select 1 from pg_stat_activity where pid = $1', [pid])).rowCount === 0, 'the end of its session');
}

interface Standing {
  readonly status: string;
  readonly voters: string[];
  readonly actions: string[];
  readonly done: number;
  readonly told: number;
}

/** All that the database knows of a task, and how often it was done. */
async function standing(taskId: string): Promise<Standing> {
  const task = (await findTask(pool, taskId))!;
  const { rowCount: done } = await pool.query('select 1 from settled where task_id = $1', [taskId]);
  const { rowCount: told } = await pool.query('select 1 from outbox where aggregateid = $1 and topic = $2', [task.subjectId, TOPICS.loanApplication]);
  const [votes, steps] = [await votesOf(pool, task), await stepsOf(pool, taskId)];
  return { status: task.status, voters: votes.map(({ voter }) => voter), actions: steps.map(({ action }) => action), done: done!, told: told! };
}

const NOT_DONE = { done: 0, told: 0 };
const PROPOSED = { status: 'open', voters: ['Li Na'], actions: ['OPEN', 'PROPOSE'], ...NOT_DONE };
const DECIDED = { status: 'decided', voters: ['Li Na', 'Wang Wei'], actions: ['OPEN', 'PROPOSE', 'CONFIRM', 'DECIDE'], ...NOT_DONE };
const DONE = { ...DECIDED, status: 'applied', actions: [...DECIDED.actions, 'APPLY'], done: 1, told: 1 };

test('R-UW-05, M-EV-01: killed at each point, a word is kept whole or not at all, and what two have said is done once', async () => {
  const taskId = await open();

  // The first person's word is half written.
  await killWhileWriting(() => say(taskId, 'Li Na'), 'task_step');
  expect(await standing(taskId)).toEqual({ status: 'open', voters: [], actions: ['OPEN'], ...NOT_DONE });
  // It is kept, and nobody has been answered. Who says it again is no second person.
  await killWhenReported(say(taskId, 'Li Na'), 'waiting');
  await expect(sayHere(taskId, 'Li Na')).rejects.toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
  expect(await standing(taskId)).toEqual(PROPOSED);

  // The second person's yes is half written; then it is kept, and nothing has come of it.
  await killWhileWriting(() => say(taskId, 'Wang Wei'), 'task_step');
  expect(await standing(taskId)).toEqual(PROPOSED);
  await killWhenReported(say(taskId, 'Wang Wei'), 'decided');
  expect(await standing(taskId)).toEqual(DECIDED);

  // The service has done what was decided, and has not marked the task.
  await killWhileWriting(serve, 'task_step');
  expect(await standing(taskId)).toEqual(DECIDED);
  // The commit is on its way, and the service does not hear of it: it is there whole or not at all.
  await killWhileWriting(serve, 'outbox');
  expect([DECIDED, DONE]).toContainEqual(await standing(taskId));

  // The next start does what is not done, and nothing again; that it has looked, another task shows that was decided later.
  const later = await open();
  for (const name of ['Li Na', 'Wang Wei']) await sayHere(later, name);
  serve();
  await until(async () => (await standing(later)).status === 'applied', 'the later decision to be applied', STARTED_WITHIN_MS);
  expect([await standing(taskId), await standing(later)]).toEqual([DONE, DONE]);
}, 600_000);
