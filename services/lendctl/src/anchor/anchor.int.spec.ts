import { LENDING_SERVICES, loadService } from '@millrace/service';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HISTORY_ANCHORS_TOPIC } from '@millrace/contracts';
import { EMPTY_CHAIN, sealRow, type HistoryRow } from '@millrace/process';
import { startTestKafka } from '@millrace/testing';
import pg from 'pg';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { soundLoan } from '../../test/sound-loan.js';
import { rightsOfLogins } from '../acls/apply-acls.js';
import type { Finding, VerifiedInvariant } from '../verify/invariant.js';
import type { WrittenAnchor } from './write-anchor.js';

// Goal: whoever rewrites a history, an administrator of the database too, is found by what was anchored before (SEC-7).
const HUB = 'loan_application';
const BOOKS = 'post_loan_monitoring';
const TIMEOUT_MS = 120_000;
let folder: string;
let installation: QuietInstallation;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-anchors-'));
  installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)));
}, TIMEOUT_MS);
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await installation.close();
});

const anchor = (on = installation): Promise<WrittenAnchor> => on.json('anchor') as Promise<WrittenAnchor>;

/** What the rule of anchors finds, and whether any other rule is broken. */
async function look(...args: string[]): Promise<{ found: string[]; others: string[] }> {
  const { out } = await installation.lendctl('verify', '--json', ...args);
  const { invariants } = JSON.parse(out) as { invariants: VerifiedInvariant[] };
  const broken = invariants.filter(({ findings }) => findings.length > 0);
  const said = ({ subject, what }: Finding): string => `${subject} ${what}`;
  return {
    found: broken.filter(({ name }) => name === 'history-anchors').flatMap(({ findings }) => findings.map(said)),
    others: broken.filter(({ name }) => name !== 'history-anchors').map(({ name }) => name),
  };
}

/** Rewrites a whole history as an administrator can who knows the code: every seal is made anew, so that the chain holds. */
async function rewriteHistory(applicationId: string, causationId = 'another'): Promise<void> {
  type Stored = Omit<HistoryRow<'applicationId'>, 'actor'> & { actorKind: 'system'; actorId: string };
  const rows = await installation.sql<Stored>(
    HUB,
    `select application_id as "applicationId", seq, trigger, effect, status_from as "statusFrom", status_to as "statusTo", actor_kind as "actorKind", actor_id as "actorId",
       reason, evidence, causation_id as "causationId", at from application_history where application_id = $1 order by seq`,
    [applicationId],
  );
  let head = EMPTY_CHAIN;
  for (const { actorKind, actorId, ...row } of rows) {
    const sealed = sealRow({ ...(row as unknown as HistoryRow<'applicationId'>), causationId, actor: { kind: actorKind, id: actorId } }, head);
    await installation.sql(HUB, 'update application_history set causation_id = $3, prev_sha256 = $4, row_sha256 = $5 where application_id = $1 and seq = $2', [
      applicationId,
      row.seq,
      causationId,
      head,
      sealed,
    ]);
    head = sealed;
  }
  await installation.sql(HUB, 'update application set history_head = $2 where application_id = $1', [applicationId, head]);
}

async function act(by: string): Promise<void> {
  await installation.sql(
    'scoring',
    `insert into operator_action (action_id, command, parameters, performed_by) values (gen_random_uuid(), 'replay', '{}', $1)`,
    [by],
  );
}

test(
  'SEC-7: a rewritten history whose seals all hold is found, with the application and since when; honest growth is not',
  async () => {
    const loan = await soundLoan(installation);
    expect(await anchor()).toMatchObject({ histories: 1, rows: 3, pages: 2 });
    await soundLoan(installation);
    expect(await look()).toEqual({ found: [], others: [] });
    installation.clock.set(new Date('2026-03-03T01:00:00Z'));
    expect(await anchor()).toMatchObject({ histories: 2, rows: 3 });
    expect(await look()).toEqual({ found: [], others: [] });

    await rewriteHistory(loan.applicationId);
    expect(await look()).toEqual({
      found: [`${loan.applicationId} has a history that was rewritten after the anchor of 2026-03-02T01:00:00.000Z, in row 2 or before`],
      others: [],
    });
  },
  TIMEOUT_MS,
);

test(
  'SEC-7: a history that was shortened, and an application that was taken out, are found',
  async () => {
    const [shortened, gone] = [await soundLoan(installation), await soundLoan(installation)];
    await anchor();
    await installation.sql(HUB, 'delete from application_history where application_id = $1 and seq = 2', [shortened.applicationId]);
    await installation.sql(
      HUB,
      'update application set history_seq = 1, history_head = (select row_sha256 from application_history where application_id = $1) where application_id = $1',
      [shortened.applicationId],
    );
    await installation.sql(HUB, 'delete from application_history where application_id = $1', [gone.applicationId]);
    await installation.sql(HUB, 'delete from application where application_id = $1', [gone.applicationId]);
    expect((await look()).found.sort()).toEqual(
      [shortened, gone]
        .map(({ applicationId }) => `${applicationId} has a history that lacks row 2, which was there at the anchor of 2026-03-02T01:00:00.000Z`)
        .sort(),
    );
  },
  TIMEOUT_MS,
);

test.each([
  [
    'a journal line',
    BOOKS,
    `update journal_line set account = '6011' where line_no = 2`,
    /journal 1 the journal between 1 and 1 was rewritten after the anchor of 2026-03-02/,
  ],
  ['the day of an entry', BOOKS, `update journal_entry set value_on = value_on - 1`, /the journal between 1 and 1 was rewritten/],
  ['an entry that goes', BOOKS, 'delete from journal_line; delete from journal_entry', /the journal between 1 and 1 has 0 rows, 1 at the anchor of 2026-03-02/],
  [
    'the name of an operator',
    'scoring',
    `update operator_action set performed_by = 'nobody'`,
    /scoring\/operator_action 1 the trail of operators' actions between 1 and 1 was rewritten/,
  ],
  ['an action that goes', 'scoring', 'delete from operator_action where position = 1', /the trail of operators' actions between 1 and 1 has 0 rows/],
])(
  'SEC-7: %s is found',
  async (_what, schema, sql, line) => {
    await soundLoan(installation);
    await act('olga');
    await anchor();
    await act('rita');
    await installation.sql('scoring', `update operator_action set finished_at = now(), outcome = '{}'`);
    expect((await look()).found).toEqual([]);
    await installation.sql(schema, sql);
    expect((await look()).found).toEqual([expect.stringMatching(line)]);
  },
  TIMEOUT_MS,
);

test(
  'SEC-7: an administrator who rewrites the anchors too is found by the file that was kept elsewhere; the file itself cannot be changed unseen',
  async () => {
    const { applicationId } = await soundLoan(installation);
    const file = join(folder, 'kept.jsonl');
    const { out, exitCode } = await installation.lendctl('anchor', '--out', file);
    expect([exitCode, out]).toEqual([
      0,
      expect.stringMatching(/^1 histories of applications and 3 rows .*\n.*kept\.jsonl has all 2 pages, sha256 [0-9a-f]{64}/),
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await look('--anchors', file)).toEqual({ found: [], others: [] });
    expect((await installation.lendctl('anchor', '--out', file)).err).toMatch(/^error: the anchors cannot be written to .*EEXIST/);

    await rewriteHistory(applicationId);
    await installation.sql('event_log', 'delete from record where topic = $1', [HISTORY_ANCHORS_TOPIC]);
    await installation.sql('event_log', 'update topic_partition set next_offset = 0 where topic = $1', [HISTORY_ANCHORS_TOPIC]);
    await anchor();
    expect((await look()).found).toEqual([]);
    expect((await look('--anchors', file)).found.sort()).toEqual(
      [`${HISTORY_ANCHORS_TOPIC} lacks 2 pages that are in ${file}`, expect.stringMatching(`^${applicationId} has a history that was rewritten`)].sort(),
    );

    const changed = join(folder, 'changed.jsonl');
    writeFileSync(
      changed,
      readFileSync(file, 'utf8').replace(
        applicationId,
        applicationId.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    );
    expect((await installation.lendctl('verify', '--anchors', changed)).err).toMatch(/^error: .*changed\.jsonl is not what lendctl anchor wrote/);
  },
  TIMEOUT_MS,
);

test(
  'SEC-7: an anchor that was taken out of the log, and one that was put in, are found',
  async () => {
    await soundLoan(installation);
    await anchor();
    await soundLoan(installation);
    await anchor();
    const forged = JSON.stringify({
      format: 1,
      number: 9,
      previousSha256: EMPTY_CHAIN,
      anchoredAt: '2026-03-02T01:00:00.000Z',
      heads: [],
      stretches: [],
      state: { ends: { 'post-loan-monitoring/journal': '999' } },
    });
    await installation.log.append(['not a page', forged].map((text) => ({ topic: HISTORY_ANCHORS_TOPIC, key: 'k', headers: {}, value: Buffer.from(text) })));
    await installation.sql('event_log', 'delete from record where topic = $1 and "offset" = 1', [HISTORY_ANCHORS_TOPIC]);
    expect((await look()).found).toEqual([
      expect.stringMatching(/anchors\.v1, page 3 does not continue page 1: anchors were taken out or put in/),
      expect.stringMatching(/anchors\.v1 has a record that is no page of an anchor/),
      expect.stringMatching(/anchors\.v1, page 9 does not continue page 4/),
    ]);
  },
  TIMEOUT_MS,
);

test(
  'what is under way when the positions are read is waited for, so that it cannot come into a stretch that is anchored',
  async () => {
    const late = new pg.Client({ connectionString: installation.database.urls.of('scoring') });
    await late.connect();
    await late.query(`begin; insert into operator_action (action_id, command, parameters, performed_by) values (gen_random_uuid(), 'replay', '{}', 'late')`);
    await act('early');
    const anchoring = anchor();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await late.query('commit');
    await late.end();
    expect(await anchoring).toMatchObject({ rows: 2 });
    expect((await look()).found).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'verify --then-anchor anchors what holds, and nothing that does not',
  async () => {
    const { applicationId } = await soundLoan(installation);
    const { out, exitCode } = await installation.lendctl('verify', '--then-anchor');
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/1 histories of applications and 3 rows of other histories are anchored/)]);
    await installation.sql(HUB, `update application_history set reason = 'ANOTHER' where application_id = $1`, [applicationId]);
    const broken = await installation.lendctl('verify', '--then-anchor', '--json');
    expect([broken.exitCode, broken.out]).toEqual([1, expect.not.stringContaining('anchoredAt')]);
  },
  TIMEOUT_MS,
);

test(
  '10,000 applications cost ten pages of a ninth of a record each, and the next anchor only what is new',
  async () => {
    const { applicationId } = await soundLoan(installation);
    await installation.sql(
      HUB,
      `insert into application select (jsonb_populate_record(a, jsonb_build_object('application_id', gen_random_uuid(), 'uscc', 'U' || n, 'loan_id', null))).*
       from application a, generate_series(1, 9999) n where application_id = $1`,
      [applicationId],
    );
    await installation.sql(
      HUB,
      `insert into application_history select (jsonb_populate_record(h, jsonb_build_object('application_id', a.application_id))).*
       from application a, application_history h where h.application_id = $1 and a.application_id <> $1`,
      [applicationId],
    );
    expect(await anchor()).toMatchObject({ histories: 10_000, pages: 11 });
    for await (const { value } of installation.log.read({ topic: HISTORY_ANCHORS_TOPIC, partition: 0, offset: 0n }, { batchRecords: 5 })) {
      expect(value.length).toBeLessThan(130_000);
    }
    const id = (await soundLoan(installation)).applicationId;
    await installation.sql(HUB, `update application set updated_at = '2026-03-01T09:00:00Z' where application_id = $1`, [id]);
    await anchor();
    expect(await anchor()).toMatchObject({ histories: 1, rows: 0, pages: 2 });
    expect((await look()).found).toEqual([]);
    await rewriteHistory(applicationId);
    expect((await look()).found).toEqual([expect.stringContaining(applicationId)]);
  },
  TIMEOUT_MS,
);

test('SEC-7: with logins of Kafka none but that of operators may write to the topic of anchors, or read it', async () => {
  const rights = await rightsOfLogins('');
  expect(rights.length).toBeGreaterThanOrEqual(LENDING_SERVICES.length);
  for (const { writes, reads } of rights) expect([...writes, ...reads]).not.toContain(HISTORY_ANCHORS_TOPIC);
});

const kafka = await startTestKafka();
afterAll(() => kafka?.stop());
(kafka ? test : test.skip)(
  'the same on Kafka, where the anchors are out of reach of an administrator of the database',
  async () => {
    await installation.close();
    installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)), kafka!.address);
    const { applicationId } = await soundLoan(installation);
    await anchor();
    expect((await look()).found).toEqual([]);
    await rewriteHistory(applicationId);
    expect((await look()).found).toEqual([expect.stringContaining(applicationId)]);
  },
  TIMEOUT_MS,
);
