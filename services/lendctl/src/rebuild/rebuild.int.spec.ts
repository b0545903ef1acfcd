import { KycRequested, newId, TaskChanged, TaskDecided, TaskOpened } from '@millrace/contracts';
import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { until } from '@millrace/testing';
import pg from 'pg';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { appendStory } from '../../test/timeline-events.js';
import type { ComparedTable } from './compare-tables.js';

/** The gateway's timeline, fed by replays in the place of a running consumer. */
let installation: QuietInstallation;
beforeEach(async () => {
  installation = await QuietInstallation.open([gateway as unknown as ServiceDefinition]);
});
afterEach(() => installation.close());

const APPLICATIONS = 25;
const REBUILD = ['rebuild', '--model', 'timeline'];
const feedLive = (): Promise<unknown> => installation.json('replay', '--consumer', 'gateway', '--from', '0', '--yes');
const live = (sql: string): Promise<Record<string, unknown>[]> => installation.sql('gateway', sql);
const entries = (): Promise<Record<string, unknown>[]> => live('select * from timeline_entry order by event_id');

test('a live model that is right has the hash of the rebuilt one, and stays untouched; nothing of the shadow is left', async () => {
  for (let made = 0; made < APPLICATIONS; made++) await appendStory(installation);
  await feedLive();
  const before = await entries();
  expect(before).toHaveLength(APPLICATIONS * 2);
  const report = await installation.json(...REBUILD, '--dry-run');
  expect(report).toMatchObject({ model: 'timeline', service: 'gateway', records: APPLICATIONS * 3, equal: true, replaced: false });
  for (const { liveSha256, rebuiltSha256 } of report.tables) expect(liveSha256).toBe(rebuiltSha256);
  expect(await installation.json(...REBUILD, '--yes')).toMatchObject({ equal: true, replaced: false });
  expect(await entries()).toEqual(before);
  expect(await live(`select 1 from pg_class where relnamespace = 'gateway_shadow'::regnamespace`)).toEqual([]);
  expect(await live('select 1 from outbox')).toEqual([]);
});

test('a damaged model is found by a dry run, and becomes byte for byte what the log says; who did it is kept', async () => {
  for (let made = 0; made < APPLICATIONS; made++) await appendStory(installation);
  await feedLive();
  const before = [await entries(), await live('select * from application_owner order by application_id')];
  await live(`update timeline_entry set title = 'forged' where event_id in (select event_id from timeline_entry order by event_id limit 3)`);
  await live('delete from timeline_entry where event_id in (select event_id from timeline_entry order by event_id desc limit 4)');
  await live(`insert into application_owner values (gen_random_uuid(), 't1', 'nobody')`);

  const dry = await installation.lendctl(...REBUILD, '--dry-run', '--json');
  expect([dry.exitCode, dry.err]).toEqual([1, expect.stringMatching(/error: timeline is not what the log says\n$/)]);
  const { tables } = JSON.parse(dry.out) as { tables: ComparedTable[] };
  expect(tables).toMatchObject([
    { table: 'application_owner', missing: 0, extra: 1, differences: [{ key: { application_id: expect.any(String) }, live: 'extra', columns: [] }] },
    { table: 'timeline_entry', missing: 7, extra: 3 },
  ]);
  const ids = before[0]!.map(({ event_id }) => ({ event_id }));
  expect(tables[1]!.differences).toEqual([
    ...ids.slice(0, 3).map((key) => ({ key, live: 'changed', columns: ['title'] })),
    ...ids.slice(-4).map((key) => ({ key, live: 'missing', columns: [] })),
  ]);
  const { out } = await installation.lendctl(...REBUILD, '--dry-run');
  expect(out).toMatch(new RegExp(`timeline_entry +${ids[0]!.event_id as string} +changed +title`));
  expect(await entries()).not.toEqual(before[0]);

  expect(await installation.json(...REBUILD, '--yes', '--by', 'olga')).toMatchObject({ equal: false, replaced: true });
  expect([await entries(), await live('select * from application_owner order by application_id')]).toEqual(before);
  expect(await installation.json(...REBUILD, '--dry-run')).toMatchObject({ equal: true });
  const trail = await live(`select performed_by, parameters, outcome -> 'replaced' as replaced from operator_action where command = 'rebuild'`);
  expect(trail).toEqual([{ performed_by: 'olga', parameters: { model: 'timeline' }, replaced: true }]);
});

test('events that the live consumer has not come to are not held against it', async () => {
  await appendStory(installation);
  await feedLive();
  await appendStory(installation);
  expect(await installation.json(...REBUILD, '--dry-run')).toMatchObject({ equal: true, records: 3 });
});

test('an event that the model refuses stops the rebuild before anything is replaced', async () => {
  const request = { applicationId: newId(), applicantRecordId: newId(), uscc: '91990100MA0TE0001X', requestedAmountMinor: '1', declaredRevenueMinor: '1' };
  await installation.append(new KycRequested({ ...request, policyVersion: 'online_microloan.v0', consents: [] }));
  await feedLive();
  await installation.sql('event_log', `update record set value = '{"broken":true}'`);
  const { exitCode, err } = await installation.lendctl(...REBUILD, '--yes');
  expect([exitCode, err]).toEqual([
    1,
    expect.stringMatching(/^error: the model cannot be rebuilt: its handler refuses event .* \(dev\.millrace\.lending\.loan-application\.kyc-requested\.v1\)/),
  ]);
  expect(await entries()).toHaveLength(1);
  expect(await live(`select 1 from pg_class where relnamespace = 'gateway_shadow'::regnamespace`)).toEqual([]);
  const trail = await live(`select finished_at is not null as ended, outcome from operator_action where command = 'rebuild'`);
  expect(trail).toEqual([{ ended: true, outcome: { error: expect.stringMatching(/^the model cannot be rebuilt/) } }]);
});

test('a rebuild beside another one is refused; what one that was killed has left is no hindrance', async () => {
  await appendStory(installation);
  await feedLive();
  // A rebuild that cannot go on for as long as this transaction lasts.
  const blocking = new pg.Client({ connectionString: installation.database.adminUrl });
  await blocking.connect();
  await blocking.query('begin; lock table gateway.inbox in access exclusive mode');
  const first = installation.lendctl(...REBUILD, '--yes');
  await until(
    async () => (await live(`select 1 from pg_stat_activity where wait_event = 'relation' and application_name = 'lendctl'`)).length === 1,
    'waiting',
  );
  const second = await installation.lendctl(...REBUILD, '--dry-run');
  await blocking.end();
  expect([second.exitCode, second.err]).toEqual([1, 'error: another rebuild of gateway is under way; nothing was changed\n']);
  expect((await first).exitCode).toBe(0);
  await live('create table gateway_shadow.timeline_entry (left_over int); alter table gateway_shadow.timeline_entry owner to gateway');
  expect(await installation.json(...REBUILD, '--yes')).toMatchObject({ equal: true, records: 3 });
});

test('an event that the live consumer has parked, or a person has given up, is not held against the model; those retried behind it are in both', async () => {
  const request = { applicationId: newId(), applicantRecordId: newId(), uscc: '91990100MA0TE0001X', requestedAmountMinor: '1', declaredRevenueMinor: '1' };
  const event = new KycRequested({ ...request, policyVersion: 'online_microloan.v0', consents: [] });
  const poisoned = await installation.append(event);
  await installation.append(event);
  await installation.sql('event_log', `update record set value = '{"broken":true}' where headers ->> 'ce_id' = $1`, [poisoned]);
  await installation.lendctl('replay', '--consumer', 'gateway', '--from', '0', '--yes');
  expect(await entries()).toEqual([]);
  expect(await installation.json(...REBUILD, '--dry-run')).toMatchObject({ equal: true });

  const [first] = await installation.json('parked', 'list');
  await installation.lendctl('parked', 'discard', first.id, '--consumer', 'gateway', '--yes');
  await installation.lendctl('parked', 'retry', '--key', request.applicationId, '--consumer', 'gateway', '--yes');
  expect(await entries()).toHaveLength(1);
  expect(await installation.json(...REBUILD, '--dry-run')).toMatchObject({ equal: true });
});

test.each([
  [['--model', 'ledger', '--yes'], /^error: there is no read model ledger; there are: timeline, queue\n$/],
  [['--model', 'timeline'], /nothing was changed\n$/],
])('rebuild %j ends in one clear line', async (args, message) => {
  const { exitCode, err } = await installation.lendctl('rebuild', ...args);
  expect([exitCode, err]).toEqual([1, expect.stringMatching(message)]);
});

test('the queue of tasks is made anew from the log, whatever became of it', async () => {
  const [taskId, applicationId, at] = [newId(), newId(), '2026-03-02T01:00:00.000Z'];
  const about = { taskId, storyId: applicationId, applicationId };
  const asked = { kind: 'approval-review', subjectType: 'application', subjectId: applicationId, roles: ['credit_approver'], votesNeeded: 1 };
  await installation.append(new TaskOpened({ ...about, ...asked, tenantId: 't1', openedAt: at, dueAt: at, seq: 1 }));
  await installation.append(new TaskChanged({ ...about, change: 'CLAIM', status: 'open', claimedBy: 'carla', votes: 0, dueAt: at, reminders: 0, seq: 2 }));
  await installation.append(new TaskDecided({ ...about, decision: 'approve', votes: 1, decidedAt: at, seq: 3 }));
  await feedLive();
  const rows = (): Promise<Record<string, unknown>[]> => live('select * from queued_task');
  const before = await rows();
  expect(before).toMatchObject([{ task_id: taskId, owner: 'tasks', status: 'decided', decision: 'approve', claimed_by: 'carla', seq: 3 }]);
  await live(`update queued_task set status = 'open', claimed_by = 'nobody'`);
  const queue = ['rebuild', '--model', 'queue', '--yes'];
  expect(await installation.json(...queue, '--by', 'olga')).toMatchObject({ model: 'queue', records: 3, equal: false, replaced: true });
  expect(await rows()).toEqual(before);
  await live('delete from queued_task');
  expect(await installation.json(...queue, '--application', applicationId)).toMatchObject({ records: 3, replaced: true });
  expect(await rows()).toEqual(before);
});
