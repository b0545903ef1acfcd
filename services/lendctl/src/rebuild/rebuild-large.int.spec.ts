import { setTimeout as delay } from 'node:timers/promises';
import { describeEvent, versionedType } from '@millrace/contracts';
import { LENDING_SERVICES, loadService, type RunningService, type ServiceDefinition } from '@millrace/service';
import { startTestKafka, until } from '@millrace/testing';
import { appendHistories } from '../../test/append-histories.js';
import { HistoryTemplates } from '../../test/history-templates.js';
import { caughtUp, startLive } from '../../test/live-service.js';
import { HISTORIES } from '../../test/loan-histories.js';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { SpawnedLendctl, type Ended } from '../../test/spawn-lendctl.js';
import type { RebuildReport } from './rebuild-model.js';

// Goal: a read model that a running service has made of 10,000 applications is, byte for byte, what the log says (M-EV-06), on both logs. Method:
// real histories on the log, a real consumer, and lendctl as a process of its own while more events arrive.
const APPLICATIONS = 10_000;
const FEW = 200;
const MORE = 5;
const TIMEOUT_MS = 1_800_000;

const kafka = await startTestKafka();
afterAll(() => kafka?.stop());

const definitions = await Promise.all(LENDING_SERVICES.map(loadService));
const owners = definitions.filter(({ readModels }) => readModels.length > 0);
const models = owners.flatMap(({ readModels }) => readModels);
const templates = new HistoryTemplates(HISTORIES);

const LOGS: readonly (readonly [string, string | undefined])[] = [['PostgreSQL', undefined], ...(kafka ? [['Apache Kafka', kafka.address] as const] : [])];

interface Counts {
  readonly timeline_entry: number;
  readonly application_owner: number;
  readonly parked_event: number;
}

describe.each(LOGS)('with the log on %s', (_log, brokers) => {
  let installation: QuietInstallation;
  let live: RunningService[];
  /** Applications on the log so far, and what they have there. */
  let applications = 0;
  const facts = new Map<string, number>();
  /** What a broker that is given from outside had of other suites; one whose group "gateway" has been at work is of no use here. */
  let foreign: Counts;
  beforeAll(async () => {
    installation = await QuietInstallation.open(owners, brokers);
    live = await Promise.all(owners.map((owner) => startLive(installation, owner)));
    await caughtUp(installation, owners);
    foreign = await countRows();
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const service of live) await service.stop();
    await installation.close();
  }, TIMEOUT_MS);

  async function appendUpTo(end: number): Promise<void> {
    const appended = await appendHistories(installation.log, templates, applications, end);
    for (const [type, count] of appended) facts.set(type, (facts.get(type) ?? 0) + count);
    applications = end;
  }

  const rebuild = (...args: string[]): SpawnedLendctl => new SpawnedLendctl(installation.environment, 'rebuild', ...args);
  const shadowOf = ({ schema }: ServiceDefinition): Promise<object[]> =>
    installation.sql(schema, `select relname from pg_class where relnamespace = '${schema}_shadow'::regnamespace and relkind = 'r'`);

  /** New applications come in for as long as the rebuild takes. */
  async function whileEventsArrive(rebuilding: SpawnedLendctl): Promise<Ended> {
    let ended: Ended | undefined;
    void rebuilding.ended.then((end) => (ended = end));
    while (!ended) {
      await appendUpTo(applications + MORE);
      await delay(500);
    }
    return ended;
  }

  /** Rows and hash of the entries of the applications before that one, taken in another way than lendctl does. */
  async function contentBefore(number: number): Promise<object> {
    const sql = `select count(*)::int as rows, md5(string_agg(md5(e::text), '' order by event_id)) as hash from timeline_entry e where occurred_at < $1`;
    return (await installation.sql('gateway', sql, [templates.startOf(number)]))[0]!;
  }

  async function countRows(): Promise<Counts> {
    const count = (table: string): string => `(select count(*)::int from ${table}) as ${table}`;
    const sql = `select ${['timeline_entry', 'application_owner', 'parked_event'].map(count).join(', ')}`;
    return (await installation.sql<Counts & Record<string, unknown>>('gateway', sql))[0]!;
  }

  /** Every fact of the log that the timeline is fed with is in it once, and nothing else; nothing was parked. */
  async function expectEveryFact(): Promise<void> {
    await caughtUp(installation, owners);
    const { consumes } = models.find(({ name }) => name === 'timeline')!;
    const told = consumes.map(({ eventClass }) => facts.get(versionedType(describeEvent(eventClass))) ?? 0).reduce((sum, count) => sum + count);
    expect(await countRows()).toEqual({
      timeline_entry: foreign.timeline_entry + told,
      application_owner: foreign.application_owner + applications,
      parked_event: foreign.parked_event,
    });
  }

  test(
    'a damaged model is told row by row and becomes what the log says, while the live one goes on and after the swap',
    async () => {
      await appendUpTo(FEW);
      await caughtUp(installation, owners);
      const before = await contentBefore(FEW);
      const forge = `update timeline_entry set title = 'forged' where event_id = (select event_id from timeline_entry order by occurred_at offset 1000 limit 1) returning event_id`;
      const [damaged] = await installation.sql('gateway', forge);
      const { out, exitCode } = await whileEventsArrive(rebuild('--model', 'timeline', '--yes', '--json', '--by', 'olga'));
      expect(exitCode).toBe(0);
      const report = JSON.parse(out) as RebuildReport;
      expect(report).toMatchObject({ equal: false, replaced: true });
      expect(report.tables.flatMap(({ differences }) => differences)).toEqual([{ key: damaged, live: 'changed', columns: ['title'] }]);
      expect(await contentBefore(FEW)).toEqual(before);
      await appendUpTo(applications + MORE);
      await expectEveryFact();
    },
    TIMEOUT_MS,
  );

  test(
    `${APPLICATIONS} applications: one that is broken off changes nothing, a second one beside it is refused, and every model has the hash of the rebuilt one`,
    async () => {
      await appendUpTo(Math.max(APPLICATIONS, applications));
      await expectEveryFact();
      for (const { name } of models) {
        const before = await contentBefore(APPLICATIONS);
        const broken = rebuild('--model', name, '--yes');
        await until(async () => broken.said.includes(' left\n'), 'progress', TIMEOUT_MS);
        const second = await installation.lendctl('rebuild', '--model', name, '--yes');
        expect([second.exitCode, second.err]).toEqual([1, expect.stringMatching(/^error: another rebuild of .* is under way; nothing was changed\n$/)]);
        broken.interrupt();
        expect(await broken.ended).toMatchObject({ out: '', signal: 'SIGINT' });

        const { out, err, exitCode } = await whileEventsArrive(rebuild('--model', name, '--yes', '--json'));
        expect([exitCode, err]).toEqual([0, expect.stringMatching(new RegExp(`^(${name}: [\\d,]+ of [\\d,]+ records, [\\d,]+/s(, [\\d,]+ s left)?\n)+$`))]);
        const report = JSON.parse(out) as RebuildReport;
        expect(report).toMatchObject({ model: name, equal: true, replaced: false });
        for (const { liveSha256, rebuiltSha256 } of report.tables) expect(liveSha256).toBe(rebuiltSha256);
        expect(await contentBefore(APPLICATIONS)).toEqual(before);
      }
      await expectEveryFact();
      for (const owner of owners) expect(await shadowOf(owner)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
