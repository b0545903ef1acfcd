import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolePasswordOf } from '@millrace/service';
import { findInstallation } from './find-installation.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A data directory as a running standalone leaves it; this process plays its server. */
function prepare(pid = process.pid): void {
  const secrets = { internalToken: 'i'.repeat(32), fieldKeys: 'k1:x', rolePassword: 'p/w', signingKey: 'pem' };
  writeFileSync(join(directory, 'secrets.json'), JSON.stringify(secrets));
  mkdirSync(join(directory, 'postgres'));
  writeFileSync(join(directory, 'postgres', 'postmaster.pid'), `${pid}\n/data\n1700000000\n54321\n\n127.0.0.1\n`);
}

test('what the environment describes comes first', () => {
  const environment = { MILLRACE_KAFKA_BROKERS: 'kafka:9092', MILLRACE_DATA_DIR: directory };
  expect(findInstallation(environment)).toBe(environment);
});

test('a data directory that is named outweighs the environment, and nothing of another installation reaches into it; each role has a password of its own (SEC-7)', () => {
  prepare();
  const elsewhere = { MILLRACE_SCORING_DATABASE_URL: 'postgres://elsewhere', MILLRACE_DISBURSEMENT_FIELD_KEYS: 'k1:elsewhere' };
  const environment = { MILLRACE_KAFKA_BROKERS: 'kafka:9092', MILLRACE_LOG_LEVEL: 'warn', ...elsewhere };
  expect(findInstallation(environment, directory)).toMatchObject({
    MILLRACE_LOG_LEVEL: 'warn',
    MILLRACE_EVENT_LOG_URL: `postgres://event_log:${rolePasswordOf('p/w', 'event_log')}@127.0.0.1:54321/millrace`,
    MILLRACE_SCORING_DATABASE_URL: `postgres://scoring:${rolePasswordOf('p/w', 'scoring')}@127.0.0.1:54321/millrace`,
    MILLRACE_INTERNAL_TOKEN: 'i'.repeat(32),
    MILLRACE_FIELD_KEYS: 'k1:x',
  });
  for (const name of ['MILLRACE_KAFKA_BROKERS', 'MILLRACE_DISBURSEMENT_FIELD_KEYS']) expect(findInstallation(environment, directory)).not.toHaveProperty(name);
});

test('the data directory of the environment is used where no log is named, with the server of the environment where it is not the embedded one', () => {
  prepare();
  const environment = { MILLRACE_DATA_DIR: directory, MILLRACE_DATABASE_URL: 'postgres://admin:secret@db:5432/postgres' };
  expect(findInstallation(environment)['MILLRACE_GATEWAY_DATABASE_URL']).toBe(`postgres://gateway:${rolePasswordOf('p/w', 'gateway')}@db:5432/millrace`);
});

test.each([
  ['nothing is there', () => undefined, /^there is no Millrace in /],
  [
    'it is not running',
    () => (prepare(), rmSync(join(directory, 'postgres', 'postmaster.pid'))),
    /is not running; start it with npm start, or name another with --data-dir$/,
  ],
  ['its process has died', () => prepare(2 ** 30), /is not running \(it has not been stopped properly\)/],
])('one clear line where %s', (_what, make, message) => {
  make();
  expect(() => findInstallation({}, directory)).toThrow(message);
});
