import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '@millrace/service';
import { until } from '@millrace/testing';

// Goal: what `npm start` promises, as the person at the terminal sees it. Method: the real process, its output, its signals and its exit codes.
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const PORTS = ['GATEWAY', 'LOAN_APPLICATION', 'KYC_ANTIFRAUD', 'SCORING', 'DISBURSEMENT', 'POST_LOAN_MONITORING', 'PROVIDER_SANDBOX'];
const ANY_PORTS = Object.fromEntries(PORTS.map((name) => [`MILLRACE_${name}_PORT`, '0']));
const START_TIMEOUT_MS = 60_000;

const directory = mkdtempSync(join(tmpdir(), 'millrace-start-'));
const running = new Set<ChildProcess>();

/** A start under way: what it has printed so far, and its exit code once it has ended. */
interface Start {
  readonly process: ChildProcess;
  output: string;
  exitCode: number | null | undefined;
}

function start(environment: Record<string, string>, ...args: string[]): Start {
  const options = { env: { PATH: processEnvironment()['PATH'], ...environment }, cwd: fileURLToPath(new URL('../../..', import.meta.url)) };
  const child = spawn(process.execPath, ['--conditions=millrace-source', '--import', '@swc-node/register/esm-register', MAIN, ...args], options);
  const started: Start = { process: child, output: '', exitCode: undefined };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (started.output += chunk.toString()));
  child.on('exit', (code) => {
    started.exitCode = code;
    running.delete(child);
  });
  running.add(child);
  return started;
}

async function ended(started: Start): Promise<{ code: number | null; lines: string[] }> {
  const code = await until(async () => (started.exitCode === undefined ? undefined : { code: started.exitCode }), 'the end of the process', START_TIMEOUT_MS);
  return { code: code.code, lines: started.output.trim().split('\n') };
}

const printed = (started: Start, text: RegExp): Promise<RegExpExecArray> =>
  until(async () => text.exec(started.output), `"${text.source}" in the output`, START_TIMEOUT_MS);

beforeAll(() => chmodSync(directory, 0o755));
afterAll(async () => {
  for (const child of running) child.kill('SIGINT');
  await until(async () => running.size === 0, 'the end of every start');
  rmSync(directory, { recursive: true, force: true });
});

async function decidedApplication({ output }: Start): Promise<{ applicationId: string; decision: unknown }> {
  const [, url] = /gateway\s+(http:\S+)/.exec(output)!;
  const [, token] = /export TOKEN=(\S+)/.exec(output)!;
  const answer = await fetch(`${url}/v1/loan-applications?limit=1`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = (await answer.json()) as { items: { applicationId: string; decision: unknown }[] };
  return items[0]!;
}

test('a first start shows a decided loan; a second on the same data says so and stops; Ctrl-C ends it; the data is there at the next start', async () => {
  const environment = { MILLRACE_DATA_DIR: directory, MILLRACE_LOG_LEVEL: 'error', ...ANY_PORTS };
  const first = start(environment);
  await printed(first, /Approved: .* yuan at/);
  const before = await decidedApplication(first);
  expect(before.decision).toMatchObject({ outcome: 'approved' });

  const second = await ended(start(environment));
  expect(second.code).toBe(1);
  expect(second.lines).toEqual([expect.stringMatching(/^millrace: the data directory .* is in use by a running Millrace/)]);

  first.process.kill('SIGINT');
  expect((await ended(first)).code).toBe(0);
  expect(first.output).toMatch(/stopped\s*$/);

  const third = start(environment);
  await printed(third, /Ctrl-C stops everything/);
  expect(await decidedApplication(third)).toEqual(before);
  third.process.kill('SIGTERM');
  expect((await ended(third)).code).toBe(0);
}, 180_000);

test('SEC-15, D6, T37: an embedded PostgreSQL that dies is named and started again on the port that was printed; its files are for their owner alone', async () => {
  const started = start({ MILLRACE_DATA_DIR: directory, MILLRACE_LOG_LEVEL: 'warn', ...ANY_PORTS });
  const [, port] = await printed(started, /psql -h 127\.0\.0\.1 -p (\d+) -U postgres millrace/);
  await printed(started, /Ctrl-C stops everything/);
  expect(statSync(join(directory, 'postgres.log')).mode & 0o777).toBe(0o600);
  const lines = readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  expect(lines[3]).toBe(port);

  process.kill(Number(lines[0]), 'SIGKILL');
  await printed(started, /has ended \(code 137\) and is started again/);
  await printed(started, /is back/);
  const [, url] = /gateway\s+(http:\S+)/.exec(started.output)!;
  await until(async () => (await fetch(`${url}/health/ready`)).status === 200, 'a gateway that is ready again', START_TIMEOUT_MS);
  started.process.kill('SIGTERM');
  expect((await ended(started)).code).toBe(0);
}, 180_000);

test('T39: with its secrets lost, or with those of another installation, it does not start beside the data, and says what to do', async () => {
  const environment = { MILLRACE_DATA_DIR: directory, MILLRACE_LOG_LEVEL: 'silent', ...ANY_PORTS };
  const file = join(directory, 'secrets.json');
  const right = readFileSync(file, 'utf8');
  rmSync(file);
  const lost = await ended(start(environment));
  expect(lost).toEqual({ code: 1, lines: [expect.stringMatching(/^millrace: .*secrets\.json is missing beside its data: .* restore it from the backup/)] });

  writeFileSync(file, JSON.stringify({ ...(JSON.parse(right) as object), fieldKeys: `k1:${Buffer.alloc(32, 9).toString('base64')}` }));
  const other = await ended(start(environment));
  expect(other).toEqual({ code: 1, lines: [expect.stringMatching(/^millrace: the key "k1" of MILLRACE_FIELD_KEYS is another one .* restore the setting/)] });

  writeFileSync(file, right);
  const restored = start(environment);
  await printed(restored, /Ctrl-C stops everything/);
  restored.process.kill('SIGTERM');
  expect((await ended(restored)).code).toBe(0);
}, 180_000);

test('T52, T10, T50: the commands of docs/partners.md take a firm from a token to a settled loan, as they stand there', async () => {
  const started = start({ MILLRACE_DATA_DIR: directory, MILLRACE_LOG_LEVEL: 'error', ...ANY_PORTS });
  await printed(started, /Ctrl-C stops everything/);
  const address = (name: string): string => new RegExp(`${name}\\s+(http:\\S+)`).exec(started.output)![1]!;
  const page = readFileSync(new URL('../../../docs/partners.md', import.meta.url), 'utf8');
  const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!).join('\n');
  const { PATH } = processEnvironment();
  const environment = { PATH, SECRETS: join(directory, 'secrets.json'), GATEWAY: address('gateway'), SANDBOX: address('provider-sandbox') };
  const child = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], { env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  expect([child.status, child.stderr]).toEqual([0, '']);
  const lines = child.stdout.trim().split('\n');
  expect(lines[0]).toBe('发票贷');
  // Submitted and sent again, signed, paid back, and what has changed.
  const [id] = lines.filter((line) => /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(line));
  for (const said of ['CHECKING', 'CONTRACTING', 'true', 'SETTLED', '304']) expect(lines).toContain(said);
  expect(lines.filter((line) => line === id)).toHaveLength(2);
  expect(child.stdout).toMatch(new RegExp(`Z ${id} [A-Z]+`));
  // The last sentence is asked for in Chinese.
  expect(child.stdout).toMatch(/304\n.*[一-鿿].*\n/);
  expect(child.stdout).toContain('payout_refused: ');
  started.process.kill('SIGTERM');
  expect((await ended(started)).code).toBe(0);
}, 180_000);

test('--help lists every setting and starts nothing', async () => {
  const { code, lines } = await ended(start({}, '--help'));
  expect(code).toBe(0);
  for (const setting of ['MILLRACE_DATA_DIR', 'MILLRACE_DATABASE_URL', 'MILLRACE_GATEWAY_PORT', 'MILLRACE_LENDER_TYPE'])
    expect(lines.join('\n')).toContain(setting);
  expect(lines.join('\n')).toContain('there are releases for: bank, online_microloan, local_microloan.');
});

/** One whose secrets are a pipe that nobody writes to, which never lets go of a reader, as a file does whose server is away. */
function silentDirectory(): string {
  const path = mkdtempSync(join(directory, 'silent-'));
  expect(spawnSync('mkfifo', [join(path, 'secrets.json')]).status).toBe(0);
  return path;
}

describe('a bad setting stops the start with one clear line', () => {
  let taken: ReturnType<typeof createServer>;
  beforeAll(async () => {
    taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
  });
  afterAll(() => taken.close());

  test.each<[string, () => Record<string, string>, RegExp]>([
    ['a misspelt variable', () => ({ MILLRACE_GATEWAY_PROT: '1' }), /MILLRACE_GATEWAY_PROT: no such setting/],
    ['no port', () => ({ MILLRACE_GATEWAY_PORT: 'http' }), /MILLRACE_GATEWAY_PORT/],
    ['two services on one port', () => ({ MILLRACE_GATEWAY_PORT: '8082' }), /both 8082/],
    ['a database that is no URL', () => ({ MILLRACE_DATABASE_URL: 'localhost' }), /MILLRACE_DATABASE_URL must be a postgres/],
    ['a database that is not there', () => ({ MILLRACE_DATABASE_URL: 'postgres://postgres@127.0.0.1:1/postgres' }), /PostgreSQL at 127\.0\.0\.1:1/],
    [
      'a directory that nobody can make (T21)',
      () => ({ MILLRACE_DATA_DIR: '/proc/nope' }),
      /^millrace: MILLRACE_DATA_DIR: \/proc\/nope cannot hold our secrets/,
    ],
    ['a directory that never answers (T21)', () => ({ MILLRACE_DATA_DIR: silentDirectory() }), /^millrace: MILLRACE_DATA_DIR: .* does not answer within 10 s/],
    [
      'no space for a new database (T35)',
      () => ({ MILLRACE_DATA_DIR: join(directory, 'small'), MILLRACE_MIN_FREE_SPACE_MB: '900000000' }),
      /^millrace: there are \d+ MB free .* make room, choose another directory in MILLRACE_DATA_DIR/,
    ],
    ['a directory that cannot be written', () => ({ MILLRACE_DATA_DIR: '/dev/null/here' }), /\/dev\/null\/here/],
    [
      'a lender type that there is none of (T22)',
      () => ({ MILLRACE_LENDER_TYPE: 'pawnbroker' }),
      /^millrace: MILLRACE_LENDER_TYPE must be one of the following values: bank, online_microloan, local_microloan/,
    ],
    [
      'clients with a wrong role (T47)',
      () => ({ ...ANY_PORTS, MILLRACE_GATEWAY_CLIENTS: '[{"clientId":"c","clientSecret":"0123456789abcdef","kind":"staff","tenantId":"t","roles":["king"]}]' }),
      /^millrace: nothing was started: MILLRACE_GATEWAY_CLIENTS: client 1: roles must be of risk_officer/,
    ],
    [
      'a port that is taken',
      () => ({ ...ANY_PORTS, MILLRACE_GATEWAY_PORT: String((taken.address() as AddressInfo).port) }),
      /port \d+ on 127\.0\.0\.1 is taken/,
    ],
  ])(
    '%s',
    async (_, environment, expected) => {
      const own = mkdtempSync(join(tmpdir(), 'millrace-bad-'));
      chmodSync(own, 0o755);
      const { code, lines } = await ended(start({ MILLRACE_DATA_DIR: own, MILLRACE_LOG_LEVEL: 'error', ...environment() }));
      rmSync(own, { recursive: true, force: true });
      expect(lines).toEqual([expect.stringMatching(expected)]);
      expect(lines[0]).toMatch(/^millrace: /);
      expect(code).toBe(1);
    },
    90_000,
  );
});
