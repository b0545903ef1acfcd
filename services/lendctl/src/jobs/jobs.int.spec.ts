import { newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';

let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([disbursement, gateway] as unknown as ServiceDefinition[]);
});
afterAll(() => installation?.close());

const OF_DISBURSEMENT = ['--service', 'disbursement'];
const BY_OLGA = ['--yes', '--by', 'olga'];

/** A job that has used up its tries, as graphile-worker leaves it. */
async function deadJob(applicationId = newId()): Promise<{ id: string; applicationId: string }> {
  const [job] = await installation.sql<{ id: string }>('disbursement', `select id from add_job('instruct_payout', $1::json, max_attempts := 3)`, [
    JSON.stringify({ applicationId, activity: { traceparent: 'x' } }),
  ]);
  await installation.sql('disbursement', `update _private_jobs set attempts = 3, last_error = E'the bank is away\\n  at bank.ts' where id = $1`, [job!.id]);
  return { id: job!.id, applicationId };
}

test('T26: dead jobs are listed with the reason and what they are for, and run again with all their tries', async () => {
  const { id, applicationId } = await deadJob();
  const [listed] = await installation.json('jobs', 'list', ...OF_DISBURSEMENT);
  expect(listed).toMatchObject({ service: 'disbursement', id, state: 'dead', attempts: 3, lastError: 'the bank is away', payload: { applicationId } });
  expect(listed.payload).not.toHaveProperty('activity');
  expect((await installation.lendctl('jobs', 'list')).out).toMatch(
    new RegExp(`disbursement\\s+${id}\\s+instruct_payout\\s+dead\\s+3/3 .*applicationId=${applicationId}`),
  );

  expect(await installation.json('jobs', 'retry', ...OF_DISBURSEMENT, '--id', id, ...BY_OLGA)).toEqual({ service: 'disbursement', retry: 1 });
  expect(await installation.json('jobs', 'list', ...OF_DISBURSEMENT, '--state', 'waiting')).toMatchObject([{ id, attempts: 0 }]);
  const trail = `select command, performed_by as by, parameters from operator_action`;
  expect(await installation.sql('disbursement', trail)).toEqual([{ command: 'jobs retry', by: 'olga', parameters: { ids: [id] } }]);
  await installation.json('jobs', 'drop', ...OF_DISBURSEMENT, '--id', id, ...BY_OLGA);
  expect(await installation.json('jobs', 'list', '--state', 'all')).toEqual([]);
});

test('T26: all dead jobs of a service are retried with one command; one that runs is left alone', async () => {
  const jobs = [await deadJob(), await deadJob()];
  expect(await installation.json('jobs', 'retry', ...OF_DISBURSEMENT, '--all-dead', ...BY_OLGA)).toMatchObject({ retry: 2 });
  await installation.sql('disbursement', `update _private_jobs set locked_at = now(), locked_by = 'a worker' where id = $1`, [jobs[0]!.id]);
  const refused = await installation.lendctl('jobs', 'drop', ...OF_DISBURSEMENT, '--id', jobs.map(({ id }) => id).join(','), ...BY_OLGA);
  expect([refused.exitCode, refused.err]).toEqual([1, expect.stringContaining(`job ${jobs[0]!.id} of disbursement runs now`)]);
  expect(await installation.json('jobs', 'list', '--state', 'all')).toHaveLength(2);
});

test.each([
  [['retry', ...OF_DISBURSEMENT, ...BY_OLGA], 2, /say --id IDS or --all-dead/],
  [['retry', ...OF_DISBURSEMENT, '--all-dead', ...BY_OLGA], 1, /disbursement has no job that has used up its tries/],
  [['retry', ...OF_DISBURSEMENT, '--id', '999999', ...BY_OLGA], 1, /disbursement has no job 999999; see lendctl jobs list/],
  [['retry', ...OF_DISBURSEMENT, '--id', 'x', ...BY_OLGA], 1, /is not a list of job numbers/],
  [['list', '--service', 'gateway'], 1, /gateway has no jobs/],
  [['list', '--service', 'scoring'], 1, /MILLRACE_SCORING_DATABASE_URL is not set/],
])('jobs %j ends in one clear line', async (args, exitCode, message) => {
  const outcome = await installation.lendctl('jobs', ...args);
  expect([outcome.exitCode, outcome.err]).toEqual([exitCode, expect.stringMatching(message)]);
});
