import { DisbursementRequested, newId } from '@millrace/contracts';
import { gateway } from '@millrace/gateway';
import type { ServiceDefinition } from '@millrace/service';
import { startTestKafka } from '@millrace/testing';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { appendStory, type Story } from '../../test/timeline-events.js';
import type { ComparedTable } from './compare-tables.js';

// Goal: one application's timeline is mended from the log, with that of its loan, and no other row is touched (D14).
const OTHERS = 20;
const kafka = await startTestKafka();
afterAll(() => kafka?.stop());

let installation: QuietInstallation;
afterEach(() => installation.close());
const live = (sql: string): Promise<Record<string, unknown>[]> => installation.sql('gateway', sql);
const entries = (): Promise<Record<string, unknown>[]> => live('select * from timeline_entry order by event_id');
const owners = (): Promise<Record<string, unknown>[]> => live('select * from application_owner order by application_id');

/** The hub's order, which names the loan: the events of the loan have its id as their key. */
function orderOf({ applicationId, loanId }: Story): DisbursementRequested {
  return new DisbursementRequested({
    applicationId,
    loanId,
    contractId: newId(),
    contractSha256: 'a'.repeat(64),
    tenantId: 't1',
    uscc: '91990100MA0TE0001X',
    amountMinor: '30000000',
    currency: 'CNY',
    tenorMonths: 12,
    payeeRecordId: newId(),
    policyVersion: 'online_microloan.v0',
  });
}

/** Applications whose timelines are right. */
async function openWith(count: number, kafkaBrokers?: string): Promise<Story[]> {
  installation = await QuietInstallation.open([gateway as unknown as ServiceDefinition], kafkaBrokers);
  const stories: Story[] = [];
  for (let made = 0; made < count; made++) {
    const story = await appendStory(installation);
    await installation.append(orderOf(story));
    stories.push(story);
  }
  await installation.json('replay', '--consumer', 'gateway', '--from', '0', '--yes');
  return stories;
}

async function rebuildsOne(kafkaBrokers?: string): Promise<void> {
  const stories = await openWith(OTHERS + 1, kafkaBrokers);
  const { applicationId, loanId } = stories[7]!;
  const [right, rightOwners] = [await entries(), await owners()];
  await live(`delete from timeline_entry where loan_id = '${loanId}'`);
  await live(`update timeline_entry set title = 'forged'`);
  await live(`update application_owner set partner_id = 'nobody' where application_id = '${applicationId}'`);
  const REBUILD = ['rebuild', '--model', 'timeline', '--application', applicationId];

  const dry = await installation.lendctl(...REBUILD, '--dry-run', '--json');
  expect([dry.exitCode, dry.err]).toEqual([1, expect.stringMatching(/error: timeline is not what the log says\n$/)]);
  const { records, tables } = JSON.parse(dry.out) as { records: number; tables: ComparedTable[] };
  expect(records).toBe(4);
  expect(tables).toMatchObject([
    { table: 'application_owner', rows: 1, missing: 1, extra: 1, differences: [{ live: 'changed', columns: ['partner_id'] }] },
    { table: 'timeline_entry', rows: 3, missing: 3, extra: 1 },
  ]);

  const mended = await installation.lendctl(...REBUILD, '--yes', '--by', 'olga');
  expect([mended.exitCode, mended.out]).toEqual([0, expect.stringContaining(`timeline of gateway, application ${applicationId}: 4 records`)]);
  const others = right.filter((row) => row['application_id'] !== applicationId).map((row): Record<string, unknown> => ({ ...row, title: 'forged' }));
  const own = right.filter((row) => row['application_id'] === applicationId);
  expect(own).toHaveLength(3);
  expect(await entries()).toEqual([...others, ...own].sort((a, b) => (String(a['event_id']) < String(b['event_id']) ? -1 : 1)));
  expect(await owners()).toEqual(rightOwners);
  expect(await installation.json(...REBUILD, '--dry-run')).toMatchObject({ applicationId, equal: true });
  expect(await live(`select performed_by, parameters from operator_action where command = 'rebuild'`)).toEqual([
    { performed_by: 'olga', parameters: { model: 'timeline', applicationId } },
  ]);
}

test('D14: the rows of one application become what the log says, those of others stay as they are', () => rebuildsOne(), 60_000);
(kafka ? test : test.skip)('D14: the same on Kafka', () => rebuildsOne(kafka!.address), 60_000);

test('D14: rows of an application that the log does not know go; one that nobody knows is said to be unknown', async () => {
  await openWith(2);
  const forged = newId();
  await live(`insert into application_owner values ('${forged}', 't1', 'nobody')`);
  const rebuild = (id: string) => installation.lendctl('rebuild', '--model', 'timeline', '--application', id, '--yes');
  expect(await rebuild(forged)).toMatchObject({ exitCode: 0, out: expect.stringContaining('The rebuilt content has taken over.') });
  expect(await owners()).toHaveLength(2);
  expect(await rebuild(forged)).toMatchObject({ exitCode: 1, err: `error: neither the log nor timeline knows the application ${forged}\n` });
  expect((await rebuild('x')).exitCode).not.toBe(0);
});
