import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Environment, LENDING_SERVICES, loadService } from '@millrace/service';
import pg from 'pg';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { runLendctl, type Outcome } from '../../test/run-lendctl.js';
import { soundLoan } from '../../test/sound-loan.js';
import { MANIFEST_FILE, type Manifest } from './manifest.js';

let installation: QuietInstallation;
let folder: string;
let backup: string;
beforeAll(async () => {
  installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)));
  await soundLoan(installation);
  folder = mkdtempSync(join(tmpdir(), 'millrace-backup-'));
  backup = join(folder, 'saved');
  const environment = { ...installation.environment, MILLRACE_DATABASE_URL: installation.database.adminUrl };
  const saved = await runLendctl({ environment, clock: installation.clock }, 'backup', '--to', backup, '--json');
  if (saved.exitCode !== 0) throw new Error(saved.err);
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await installation?.close();
});

/** The same server with another database, which a restore is to make. */
function elsewhere(database: string): Environment {
  const moved = Object.entries(installation.environment).map(([name, value]) => {
    if (!/_DATABASE_URL$|EVENT_LOG_URL$/.test(name)) return [name, value] as const;
    const url = new URL(value!);
    url.pathname = `/${database}`;
    return [name, url.toString()] as const;
  });
  return { ...Object.fromEntries(moved), MILLRACE_DATABASE_URL: installation.database.adminUrl };
}

async function onServer<T>(work: (admin: pg.Client) => Promise<T>, database?: string): Promise<T> {
  const url = new URL(installation.database.adminUrl);
  if (database) url.pathname = `/${database}`;
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const restore = (database: string, from = backup): Promise<Outcome> =>
  runLendctl({ environment: elsewhere(database), clock: installation.clock }, 'restore', '--from', from, '--yes');
const exists = (database: string): Promise<boolean> =>
  onServer(async (admin) => (await admin.query('select 1 from pg_database where datname = $1', [database])).rowCount === 1);
const drop = (database: string): Promise<unknown> => onServer((admin) => admin.query(`drop database if exists ${database} with (force)`));

/** A backup with a change that the next argument makes. */
function changed(name: string, change: (directory: string) => void): string {
  const directory = mkdtempSync(join(folder, `${name}-`));
  for (const file of readdirSync(backup)) writeFileSync(join(directory, file), readFileSync(join(backup, file)));
  change(directory);
  return directory;
}

test('T40, R-TC-09: what was saved comes back row by row, its books hold, and it goes on numbering where it stood', async () => {
  const database = 'restored_whole';
  try {
    const { out, err, exitCode } = await restore(database);
    expect([exitCode, err]).toEqual([0, expect.stringContaining('post_loan_monitoring.loan: 1 rows')]);
    expect(out).toMatch(/tables are as they stood at 2026-03-02T01:00:00.000Z/);
    expect(out).not.toMatch(/^broken/m);
    const numbering = `select (select last_value::int from pg_sequences where schemaname = 'disbursement' and sequencename = 'outbox_seq_seq') as last,
      (select coalesce(max(seq), 0)::int from disbursement.outbox) as highest`;
    const { rows } = await onServer((admin) => admin.query<{ last: number | null; highest: number }>(numbering), database);
    expect(rows[0]!.last ?? 0).toBeGreaterThanOrEqual(rows[0]!.highest);
    // SEC-7: a backup has the anchors of what it saves.
    const again = await runLendctl({ environment: elsewhere(database), clock: installation.clock }, 'verify', '--anchors', join(backup, 'anchors.jsonl'));
    expect([again.exitCode, again.out]).toEqual([0, expect.stringMatching(/holds\s+history-anchors/)]);
  } finally {
    await drop(database);
  }
});

test('T40: a backup is readable by its owner alone, and names every table', () => {
  for (const file of readdirSync(backup)) expect(statSync(join(backup, file)).mode & 0o077).toBe(0);
  const manifest = JSON.parse(readFileSync(join(backup, MANIFEST_FILE), 'utf8')) as Manifest;
  expect(manifest.tables.map(({ schema, table }) => `${schema}.${table}`)).toEqual(
    expect.arrayContaining(['event_log.record', 'disbursement.payout', 'gateway.client']),
  );
});

test.each([
  [
    'a row that was changed',
    (directory: string) => {
      const file = join(directory, 'disbursement.payout.jsonl.gz');
      writeFileSync(file, gzipSync(gunzipSync(readFileSync(file)).toString().replace('"amount_minor":30000000', '"amount_minor":30000001')));
    },
    /disbursement\.payout\.jsonl\.gz is not what the backup wrote/,
  ],
  [
    'a file that was cut off',
    (directory: string) => writeFileSync(join(directory, 'disbursement.payout.jsonl.gz'), gzipSync('')),
    /is not what the backup wrote: 0 rows of 1/,
  ],
  [
    'a file that is no archive',
    (directory: string) => writeFileSync(join(directory, 'disbursement.payout.jsonl.gz'), 'x'),
    /disbursement\.payout\.jsonl\.gz cannot be read: /,
  ],
  ['no manifest', (directory: string) => rmSync(join(directory, MANIFEST_FILE)), /holds no whole backup/],
  [
    'another build',
    (directory: string) => {
      const file = join(directory, MANIFEST_FILE);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/("scoring\/0001_score\.sql": )"\w+"/, '$1"0"'));
    },
    /scoring\/0001_score\.sql differs in this one; restore it with that build/,
  ],
])('T40: %s restores nothing and leaves nothing behind', async (name, change, message) => {
  const database = 'restored_broken';
  const { err, exitCode } = await restore(database, changed(name.replaceAll(' ', '-'), change));
  expect([exitCode, err]).toEqual([1, expect.stringMatching(message)]);
  expect(await exists(database)).toBe(false);
});

test('T40: a database that exists is never written over, and a directory that holds something neither', async () => {
  const database = new URL(installation.database.adminUrl).pathname.slice(1);
  expect(await restore(database)).toMatchObject({ exitCode: 1, err: expect.stringContaining(`the database ${database} exists already`) });
  const environment = { ...installation.environment, MILLRACE_DATABASE_URL: installation.database.adminUrl };
  const again = await runLendctl({ environment, clock: installation.clock }, 'backup', '--to', backup);
  expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('is not empty; name a new directory') });
});

test('T40: topics on Kafka are no part of it, and the commands say so', async () => {
  const environment = { ...installation.environment, MILLRACE_KAFKA_BROKERS: '127.0.0.1:1', MILLRACE_DATABASE_URL: installation.database.adminUrl };
  expect(await runLendctl({ environment }, 'restore', '--from', backup, '--yes')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('the event log is on Kafka'),
  });
});
