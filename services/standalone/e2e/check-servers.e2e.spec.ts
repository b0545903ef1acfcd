import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Goal: `npm run start:distributed` says what the machine lacks before it builds. Method: the first program of the script, with nothing on its path.
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> };
const [first, next] = scripts['start:distributed']!.split(' && ');

test.each([
  ['Java', {}, /^millrace: Java 17 or newer is not installed: .*\n$/],
  ['Redis', { MILLRACE_KAFKA_BROKERS: '127.0.0.1:1' }, /^millrace: redis-server is not installed: .*\n$/],
  ['nothing', { MILLRACE_KAFKA_BROKERS: '127.0.0.1:1', MILLRACE_REDIS_URL: 'redis://127.0.0.1:1' }, /^$/],
])(
  'T64: without %s it says so before the build',
  (_what, environment, said) => {
    const { status, stderr } = spawnSync(process.execPath, first!.split(' ').slice(1), {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH: '/nowhere', ...environment },
    });
    expect(stderr).toMatch(said);
    expect(status).toBe(said.test('') ? 0 : 1);
    expect(next).toBe('npm run -s build');
  },
  60_000,
);
