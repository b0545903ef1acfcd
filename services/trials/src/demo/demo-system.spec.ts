import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoOptions } from './demo-options.js';
import { checkAnswers, runningSystem } from './demo-system.js';

const directory = mkdtempSync(join(tmpdir(), 'demo-system-'));
afterAll(() => rmSync(directory, { recursive: true }));

const CLIENTS = JSON.stringify([{ clientId: 'demo-partner', clientSecret: 'one' }]);
const options = (change: Partial<DemoOptions>): DemoOptions => ({ firms: 1, seed: 1, concurrency: 1, months: 24, pictures: 'pictures', ...change });

const quiet = (): void => undefined;

function file(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

describe('a running system', () => {
  it('has its sandbox beside the gateway, unless told otherwise', () => {
    const environment = { MILLRACE_GATEWAY_CLIENTS: CLIENTS };
    expect(runningSystem('http://lender.test:80', options({}), environment, quiet).sandboxUrl).toBe('http://lender.test:8090');
    expect(runningSystem('http://lender.test', options({ sandbox: 'http://other.test' }), environment, quiet).sandboxUrl).toBe('http://other.test');
  });

  it.each([
    ['the environment', {}, { MILLRACE_GATEWAY_CLIENTS: CLIENTS }],
    ['the file of npm run secrets', { secrets: file('env', `MILLRACE_GATEWAY_CLIENTS='${CLIENTS}'\n`) }, {}],
    ['the data directory of npm start', { secrets: file('secrets.json', '{"clientSecrets":{"demo-partner":"one"}}') }, {}],
    ['the named file before the environment', { secrets: file('env', `MILLRACE_GATEWAY_CLIENTS='${CLIENTS}'\n`) }, { MILLRACE_GATEWAY_CLIENTS: '[]' }],
  ])('gives its client secrets from %s', (_where, change, environment) => {
    expect(runningSystem('http://127.0.0.1:8080', options(change), environment, quiet).clientSecrets).toEqual({ 'demo-partner': 'one' });
  });

  it('T54: says which file or setting its client secrets are from', () => {
    const named = file('named.env', `MILLRACE_GATEWAY_CLIENTS='${CLIENTS}'\n`);
    const told: string[] = [];
    const tell = (line = ''): void => void told.push(line);
    runningSystem('http://127.0.0.1:8080', options({ secrets: named }), {}, tell);
    runningSystem('http://127.0.0.1:8080', options({}), { MILLRACE_GATEWAY_CLIENTS: CLIENTS }, tell);
    expect(told).toEqual([`Client secrets are those of ${named}.`, 'Client secrets are those of MILLRACE_GATEWAY_CLIENTS in the environment.']);
  });

  it.each([
    ['a file that is not there', { secrets: join(directory, 'none') }, {}, /there is no file/],
    ['a file without clients', { secrets: file('empty', '') }, {}, /has no MILLRACE_GATEWAY_CLIENTS/],
    ['clients that are no JSON', {}, { MILLRACE_GATEWAY_CLIENTS: 'x' }, /no JSON array/],
  ])('is refused with %s', (_what, change, environment, message) => {
    expect(() => runningSystem('http://127.0.0.1:8080', options(change), environment, quiet)).toThrow(message);
  });

  it('that does not answer ends the demo in one line', async () => {
    const system = { gatewayUrl: 'http://127.0.0.1:9', sandboxUrl: 'http://127.0.0.1:9', clientSecrets: {} };
    await expect(checkAnswers(system)).rejects.toThrow(/^no gateway answers at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\)/);
  });
});
