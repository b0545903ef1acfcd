import { disbursement } from '@millrace/disbursement';
import type { ServiceDefinition } from '@millrace/service';
import { orderOf, payableOrder } from '../../test/orders.js';
import { QuietInstallation } from '../../test/quiet-installation.js';

/** Replay on real PostgreSQL: a consumer that does not run, so that what is in the log is new to it until it is replayed. */
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([disbursement as unknown as ServiceDefinition]);
});
afterAll(() => installation.close());

const REPLAY = ['replay', '--consumer', 'disbursement', '--from', '0'];

const count = async (table: string, where = 'true'): Promise<number> =>
  (await installation.sql<{ count: number }>('disbursement', `select count(*)::int as count from ${table} where ${where}`))[0]!.count;
const everything = async (): Promise<number[]> =>
  Promise.all(['payout', 'facility', 'inbox', 'outbox', 'parked_event', 'operator_action', '_private_jobs'].map((table) => count(table)));

test('a dry run counts what would be new and written, and changes nothing; the replay does just that, once; a second one changes nothing', async () => {
  const paid = await payableOrder(installation);
  const [first] = [await installation.append(paid), await installation.append(orderOf())];
  // The same fact under another event id: new to the inbox, known to the handler.
  await installation.append(paid, (await headersOf(first))['ce_causationid']);
  const before = await everything();

  const rehearsal = await installation.json(...REPLAY, '--dry-run');
  expect(rehearsal).toMatchObject({ dryRun: true, events: 3, new: 3, duplicates: 0, refused: 0 });
  expect(rehearsal.rows).toMatchObject({ payout: { inserted: 2 }, facility: { inserted: 1 }, outbox: { inserted: 1 }, _private_jobs: { inserted: 1 } });
  expect(await everything()).toEqual(before);

  const replayed = await installation.json(...REPLAY, '--yes', '--by', 'olga');
  expect({ ...replayed, dryRun: true }).toEqual(rehearsal);
  const after = await everything();
  expect(await installation.json(...REPLAY, '--yes')).toMatchObject({ events: 3, new: 0, duplicates: 3, refused: 0, rows: {} });
  const actions = 1;
  expect(await everything()).toEqual(after.map((number, index) => (index === 5 ? number + actions : number)));
  expect(
    await installation.sql('disbursement', 'select command, performed_by, parameters, outcome from operator_action order by started_at limit 1'),
  ).toMatchObject([{ command: 'replay', performed_by: 'olga', parameters: { consumer: 'disbursement', from: 'offset 0' }, outcome: { new: 3 } }]);
});

async function headersOf(eventId: string): Promise<Record<string, string>> {
  const [row] = await installation.sql<{ headers: Record<string, string> }>('event_log', `select headers from record where headers ->> 'ce_id' = $1`, [
    eventId,
  ]);
  return row!.headers;
}

test('one application, and one span of time, are replayed alone', async () => {
  const chosen = await payableOrder(installation);
  await installation.append(await payableOrder(installation));
  await new Promise((done) => setTimeout(done, 20));
  const from = new Date().toISOString();
  await new Promise((done) => setTimeout(done, 20));
  await installation.append(chosen);
  expect(await installation.json(...REPLAY, '--dry-run', '--application', chosen.applicationId)).toMatchObject({ events: 1, new: 1 });
  expect(await installation.json('replay', '--consumer', 'disbursement', '--from', from, '--dry-run')).toMatchObject({ events: 1, new: 1 });
  expect(await installation.json('replay', '--consumer', 'disbursement', '--from', from, '--to', from, '--dry-run')).toMatchObject({ events: 0 });
  expect(await installation.json(...REPLAY, '--yes')).toMatchObject({ new: 2, refused: 0 });
});

test('an event that is refused is parked with those of its key behind it, other keys go on, and the exit code says so', async () => {
  const [broken, healthy] = [orderOf({ policyVersion: 'nobody.v9' }), await payableOrder(installation)];
  for (const event of [broken, broken, healthy]) await installation.append(event);
  const before = await everything();
  const rehearsal = await installation.json(...REPLAY, '--dry-run');
  expect(rehearsal).toMatchObject({ new: 1, refused: 2, refusals: [{ key: broken.applicationId }, { reason: 'waits behind a parked event of its key' }] });
  expect(await everything()).toEqual(before);

  const { out, err, exitCode } = await installation.lendctl(...REPLAY, '--yes', '--json');
  expect(JSON.parse(out)).toMatchObject({ new: 1, refused: 2 });
  expect([exitCode, err]).toEqual([
    1,
    'error: 2 events were refused; see lendctl parked list --consumer disbursement and lendctl refused list --consumer disbursement\n',
  ]);
  expect(await count('parked_event', `key = '${broken.applicationId}'`)).toBe(2);
  expect(await count('payout', `application_id = '${healthy.applicationId}'`)).toBe(1);
});

test.each([
  [['--consumer', 'billing', '--from', '0'], 1, /^error: there is no consumer billing; there are gateway, /],
  [['--consumer', 'scoring', '--from', '0'], 1, /^error: MILLRACE_SCORING_DATABASE_URL is not set/],
  [['--consumer', 'disbursement', '--from', 'yesterday'], 1, /neither an offset nor an instant with its time zone/],
  // Before any rehearsal: a whole log may lie between a script and its refusal.
  [['--consumer', 'disbursement', '--from', '0'], 1, /^error: Give the events .* Say --yes to do it without being asked; nothing was changed\n$/],
  [['--consumer', 'disbursement', '--from', '10', '--to', '9', '--yes'], 2, /^error: --to is before --from\n$/],
  [['--consumer', 'disbursement', '--from', '0', '--yes', '--by', ' '], 1, /^error: option '--by <name>' argument ' ' is invalid. it is not a name/],
])('%j ends in one clear line', async (args, exitCode, message) => {
  const before = await everything();
  const outcome = await installation.lendctl('replay', ...args);
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.err).toMatch(message);
  expect(await everything()).toEqual(before);
});

test('D14: where events were known already, a replay of a service with a read model names what mends one', async () => {
  const { replayAsText } = await import('./print-replay.js');
  const report = { dryRun: false, events: 2, new: 0, duplicates: 2, refused: 0, rows: {}, refusals: [] } as never;
  expect(replayAsText(report, ['timeline'])).toContain('lendctl rebuild --model timeline');
  expect(replayAsText(report, ['timeline'], 'ID')).toContain('lendctl rebuild --model timeline --application ID');
  expect(replayAsText(report, [])).not.toContain('rebuild');
});

test.each([
  ['an offset beyond the end', ['--from', '999999999999']],
  ['a time to come', ['--from', '2099-01-01T00:00:00Z']],
  ['an application that nobody knows', ['--from', '0', '--application', '00000000-0000-7000-8000-000000000000']],
])('%s gives nothing, and says so', async (_what, args) => {
  const before = await everything();
  const { out, exitCode } = await installation.lendctl('replay', '--consumer', 'disbursement', ...args, '--dry-run');
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/No event of this range is for this consumer, or for the application/)]);
  expect(await installation.json('replay', '--consumer', 'disbursement', ...args, '--yes')).toMatchObject({ events: 0, rows: {} });
  expect(await everything()).toEqual(before.map((count, index) => (index === 5 ? count + 1 : count)));
});
