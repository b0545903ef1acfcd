import { readFileSync } from 'node:fs';
import { newId } from '@millrace/contracts';
import { MESSAGING_MIGRATIONS } from '@millrace/messaging';
import { TestService, until } from '@millrace/testing';
import pg from 'pg';
import { TASK_MIGRATIONS } from '../src/index.js';
import { deciding } from './deciding-service.js';

// Goal: held items of before are tasks after the update, whatever their status. Method: the tables as they were with a row of each status, and then the migration.
const AT = '2026-03-01T01:00:00Z';
let service: TestService;
let admin: pg.Client;
beforeAll(async () => {
  service = await TestService.start(deciding as never);
  admin = new pg.Client({ connectionString: service.database.adminUrl });
  await admin.connect();
  await admin.query('create schema before; set search_path = before');
  await admin.query(readFileSync(new URL('service/0004_held_item.sql', `${MESSAGING_MIGRATIONS.href.replace(/service$/, '')}`), 'utf8'));
});
afterAll(async () => {
  await admin.end();
  await service.stop();
});

const STATUSES = ['open', 'proposed', 'confirmed', 'applied'] as const;

async function hold(status: (typeof STATUSES)[number]): Promise<string> {
  const heldId = newId();
  const place = STATUSES.indexOf(status);
  const proposed =
    place > 0
      ? { decision: 'paid-on', parameters: '{"paidOn":"2026-03-01"}', reason: 'statement', proposed_by: 'Li Na', proposer_key: 'LI NA', proposed_at: AT }
      : {};
  const confirmed = place > 1 ? { confirmed_by: 'Wang Wei', confirmer_key: 'WANG WEI', confirmed_at: AT } : {};
  const row = {
    ...{ held_id: heldId, kind: 'payout-date', subject: JSON.stringify({ payoutId: newId() }), facts: '{}', opened_at: AT, status },
    ...{ ...proposed, ...confirmed, ...(place > 2 ? { applied_at: AT } : {}) },
  };
  const names = Object.keys(row);
  await admin.query(`insert into held_item (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`, Object.values(row));
  await admin.query(`insert into held_item_step (held_id, at, action, by) values ($1, $2, 'OPEN', 'disbursement')`, [heldId, AT]);
  return heldId;
}

test('each held item is a task under its id, with what was said and done; one that an instance of before still opens becomes one at once', async () => {
  const ids = [];
  for (const status of STATUSES) ids.push(await hold(status));
  await admin.query(readFileSync(new URL('0001_task.sql', `${TASK_MIGRATIONS.href}/`), 'utf8'));
  ids.push(await hold('open'));
  const { rows } = await admin.query(
    `select status, decision, announced, subject_type, (select array_agg(voter order by voter) from task_vote v where v.task_id = t.task_id) as voters,
       (select array_agg(action order by step_id) from task_step s where s.task_id = t.task_id) as steps
     from task t join unnest($1::uuid[]) with ordinality as i(id, place) on i.id = t.task_id order by i.place`,
    [ids],
  );
  const payout = { subject_type: 'payout', steps: ['OPEN'] };
  expect(rows).toEqual([
    { ...payout, status: 'open', decision: null, announced: false, voters: null },
    { ...payout, status: 'open', decision: null, announced: false, voters: ['Li Na'] },
    { ...payout, status: 'decided', decision: 'paid-on', announced: false, voters: ['Li Na', 'Wang Wei'] },
    { ...payout, status: 'applied', decision: 'paid-on', announced: true, voters: ['Li Na', 'Wang Wei'] },
    { ...payout, status: 'open', decision: null, announced: false, voters: null },
  ]);
});

test('a service tells the log of tasks of before when it runs', async () => {
  const applicationId = newId();
  const insert = `insert into held_item (held_id, kind, subject, facts, opened_at) values ($1, 'test-question', $2, '{}', $3)`;
  await service.pool.query(insert, [newId(), JSON.stringify({ applicationId }), AT]);
  await until(async () => (await service.taskEvents(applicationId)).length > 0, 'the announcement');
  expect((await service.taskEvents(applicationId)).map(({ type, payload }) => [type, payload.kind, payload.votesNeeded])).toEqual([
    ['opened', 'test-question', 2],
  ]);
});
