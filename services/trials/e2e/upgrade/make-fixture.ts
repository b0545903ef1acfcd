import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { newId } from '@millrace/contracts';
import { processEnvironment, STANDALONE_DATABASE, standaloneAdminUrl } from '@millrace/service';
import { until } from '@millrace/testing';
import pg from 'pg';
import { Lender } from '../lender.js';
import { S01_FIRM, S07_FIRM } from '../../src/stage/scenario-firms.js';

// Makes the fixture of the upgrade test with the code that it is run in; README.md beside it says how. It is no test, and no test imports it.
const SCHEMAS = ['event_log', 'gateway', 'loan_application', 'kyc_antifraud', 'scoring', 'disbursement', 'post_loan_monitoring', 'provider_sandbox'];
const FAULT_CALLS = 100_000;
const lender = new Lender();
const made: Record<string, string> = {};
let seed = 900;

const fault = (provider: string, kind: string): Promise<unknown> =>
  lender.sandbox('PUT', `/sandbox/faults/${provider}`, { kind, count: FAULT_CALLS, latencyMs: 5 });
const heal = (provider: string): Promise<unknown> => lender.sandbox('PUT', `/sandbox/faults/${provider}`, { kind: 'latency', count: 1, latencyMs: 1 });

async function put(path: string, body: unknown): Promise<void> {
  const { status, body: answer } = await lender.call('demo-partner', 'PUT', path, body);
  if (status >= 300) throw new Error(`PUT ${path}: ${status} ${JSON.stringify(answer)}`);
}

/** Submits an application of a firm of its own; `change` goes over the firm's profile, `fields` over the application. */
async function submit(name: string, change: object = {}, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  seed += 1;
  const firm = await lender.firm(`upgrade-${name}`, { ...S01_FIRM, seed, ...change });
  return (made[name] = await lender.apply(firm, fields));
}

async function accept(applicationId: string): Promise<void> {
  await lender.reaches(applicationId, 'OFFERED');
  const { body } = await lender.call('demo-partner', 'GET', `/v1/loan-applications/${applicationId}/offer`);
  await put(`/v1/loan-applications/${applicationId}/offer-acceptances/${newId()}`, { offerId: body.offerId, costSheetAcknowledged: true });
}

async function sign(applicationId: string): Promise<void> {
  const { contract } = await lender.reaches(applicationId, 'CONTRACTING');
  await put(`/v1/loan-applications/${applicationId}/signatures/${newId()}`, { contractSha256: contract!.contractSha256 });
}

async function repay(loanId: string, amountMinor: string, receivedOn: string): Promise<void> {
  await put(`/v1/loans/${loanId}/repayments/${newId()}`, { amountMinor, currency: 'CNY', receivedOn, bankReference: `UPGRADE-${newId()}` });
}

/** Loans that have lived for two months: one repaid as due, one that holds a credit, one settled. */
async function makeLoans(): Promise<void> {
  const loans = [];
  for (const name of ['active', 'active-with-credit', 'settled', 'active-unpaid']) loans.push((await lender.takeOffer(await submit(name))).loanId);
  const [active, withCredit, settled] = loans as [string, string, string];
  for (const month of ['04', '05']) {
    await lender.moveTo(new Date(`2026-${month}-02T02:00:00Z`));
    await repay(active, '2586822', `2026-${month}-02`);
  }
  await repay(withCredit, '8000000', '2026-05-02');
  const { body } = await lender.call('demo-partner', 'GET', `/v1/loans/${settled}`);
  await repay(settled, body.payoff.toPayMinor, '2026-05-02');
  await lender.reaches(made['settled']!, 'SETTLED');
}

/** Applications that wait for somebody, or are at an end without a loan. */
async function makeWaiting(): Promise<void> {
  await lender.reaches(await submit('offered'), 'OFFERED');
  const contracting = await submit('contracting');
  await accept(contracting);
  await lender.reaches(contracting, 'CONTRACTING');
  await lender.reaches(await submit('review', { ...S07_FIRM, seed: undefined }), 'REVIEW_SINGLE');
  await lender.reaches(await submit('enhanced-review', { declaredRevenueMinor: '700000000' }), 'ENHANCED_REVIEW');
  await lender.reaches(await submit('rejected', { taxClass: 'D' }), 'REJECTED');
  const cancelled = await submit('cancelled');
  await lender.reaches(cancelled, 'OFFERED');
  await put(`/v1/loan-applications/${cancelled}/cancellations/${newId()}`, { reasonCode: 'APPLICANT_WITHDREW' });
  await lender.reaches(cancelled, 'CANCELLED');
  const refused = await submit('disbursement-review', { bankAccount: { accountNumber: '8800000000019001' } });
  await accept(refused);
  await sign(refused);
  await lender.reaches(refused, 'HELD');
}

/** Applications in the midst of an outside call that fails. */
async function makeInterrupted(): Promise<void> {
  await fault('bank', 'timeout_after_success');
  const unknown = await submit('disbursing');
  await accept(unknown);
  await sign(unknown);
  await lender.reaches(unknown, 'REQUESTED');
  await until(
    async () => (await lender.sql('disbursement', `select 1 from payout where application_id = $1 and status = 'UNKNOWN'`, [unknown]))[0],
    'an unknown payout',
  );
  await fault('esign', 'outage');
  const signing = await submit('signing');
  await accept(signing);
  await sign(signing);

  const parked = newId();
  await lender.sql('gateway', `alter table timeline_entry add constraint poison check (application_id <> '${parked}')`);
  seed += 1;
  made['parked'] = await lender.apply(await lender.firm('upgrade-parked', { ...S01_FIRM, seed }), {}, parked);
  await lender.reaches(parked, 'OFFERED');
  await until(async () => (await lender.sql('gateway', 'select 1 from parked_event where key = $1', [parked]))[0], 'a parked event');
  await lender.sql('gateway', 'alter table timeline_entry drop constraint poison');

  await fault('registry', 'outage');
  await lender.reaches(await submit('checking'), 'CHECKING');
}

/** Content of a schema as JSON by table, in the snapshot that all schemas are read in. */
async function dumpSchema(client: pg.Client, schema: string): Promise<object> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relkind = 'r' order by 1`,
    [schema],
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ rows: string }>(
      `select coalesce(json_agg(t), '[]')::text as rows from ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} t`,
    );
    if (rows[0]!.rows !== '[]') content[name] = rows[0]!.rows;
  }
  const { rows: sequences } = await client.query<{ name: string; value: string | null }>(
    `select sequencename as name, last_value::text as value from pg_sequences where schemaname = $1`,
    [schema],
  );
  return { tables: content, sequences: Object.fromEntries(sequences.filter(({ value }) => value !== null).map(({ name, value }) => [name, value])) };
}

async function snapshot(): Promise<object> {
  const secrets = JSON.parse(readFileSync(join(lender.dataDirectory, 'secrets.json'), 'utf8')) as object;
  const url = new URL(standaloneAdminUrl(lender.dataDirectory));
  url.pathname = `/${STANDALONE_DATABASE}`;
  const open = async (schema: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url.toString(), options: `-c search_path=${schema}` });
    await client.connect();
    await client.query('begin isolation level repeatable read');
    return client;
  };
  // Nothing is appended to the log while this lock is held: what is submitted now stays in its outbox.
  const lock = await open('event_log');
  await lock.query('select 1 from topic_partition for update');
  await heal('registry');
  await submit('unsent');
  const first = await open('event_log');
  const { rows } = await first.query<{ id: string }>('select pg_export_snapshot() as id');
  const schemas: Record<string, object> = {};
  for (const schema of SCHEMAS) {
    const client = await open(schema);
    await client.query(`set transaction snapshot '${rows[0]!.id}'`);
    schemas[schema] = await dumpSchema(client, schema);
    await client.end();
  }
  await first.end();
  await lock.end();
  return { secrets, schemas };
}

await lender.start();
await makeLoans();
await makeWaiting();
await makeInterrupted();
// Events under way come to rest, so that each application is in a known status.
await delay(3_000);
const statuses: Record<string, object> = {};
const dump = await snapshot();
for (const [name, applicationId] of Object.entries(made)) {
  const { body } = await lender.call('demo-partner', 'GET', `/v1/loan-applications/${applicationId}`);
  statuses[name] = { applicationId, status: body.status, loanId: body.loanId };
}
const fixture = { madeAt: lender.clock.now().toISOString(), applications: statuses, ...dump };
writeFileSync(processEnvironment()['UPGRADE_FIXTURE'] ?? 'upgrade-fixture.json.gz', gzipSync(JSON.stringify(fixture), { level: 9 }));
process.stdout.write(`${JSON.stringify(statuses, undefined, 2)}\n`);
await heal('bank');
await lender.stop();
