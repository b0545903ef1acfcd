import { jest } from '@jest/globals';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';
import { Clients } from '../client/clients.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start(), {
    MILLRACE_GATEWAY_TRUSTED_PROXIES: '127.0.0.0/8',
    MILLRACE_GATEWAY_FAILED_LOGINS: '3',
    MILLRACE_GATEWAY_TOKEN_REQUESTS_PER_MINUTE: '60',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
// Each test begins in windows of its own.
beforeEach(() => gateway.service.clock.advance(16 * 60_000));

const SECRET = 'a-secret-of-the-tests';

/** A token request that comes from an address, as a trusted proxy tells of it. */
async function login(from: string, clientId: string, clientSecret = SECRET): Promise<{ status: number; code: string | undefined }> {
  const { status, body } = await gateway.send('POST', '/v1/oauth/token', {
    headers: { 'x-forwarded-for': from },
    body: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
  });
  return { status, code: body.code };
}

function count(answers: readonly { status: number }[], status: number): number {
  return answers.filter((answer) => answer.status === status).length;
}

test('SEC-5: of 50 guesses at once no more than the limit are tried', async () => {
  const tried = jest.spyOn(gateway.service.service.app.get(Clients), 'authenticate');
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => login('192.0.2.1', 'pavel', `guess number ${at}`)));
  expect(tried).toHaveBeenCalledTimes(3);
  expect([count(answers, 401), count(answers, 429)]).toEqual([3, 47]);
  tried.mockRestore();
});

test('SEC-5: nobody locks a client out from elsewhere', async () => {
  await login('192.0.2.2', 'pavel');
  for (let address = 100; address < 120; address++) for (let time = 0; time < 2; time++) await login(`198.51.100.${address}`, 'pavel', 'guess');
  expect(await login('192.0.2.2', 'pavel')).toEqual({ status: 200, code: undefined });
  // Also from an address that is new, only slower.
  expect(await login('192.0.2.3', 'pavel')).toEqual({ status: 200, code: undefined });
});

test('SEC-5: guesses at other clients do not stop one that logs in from the same address', async () => {
  expect((await login('192.0.2.4', 'olga')).status).toBe(200);
  for (let at = 0; at < 30; at++) expect((await login('192.0.2.4', `made-up-${at}`, 'guess')).status).toBe(401);
  expect(await login('192.0.2.4', 'made-up-31', 'guess')).toEqual({ status: 429, code: 'TOO_MANY_FAILED_LOGINS' });
  expect((await login('192.0.2.4', 'olga')).status).toBe(200);
});

test('right secrets are no failures, however many come at once', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => login('192.0.2.5', 'anna')));
  expect(count(answers, 200)).toBe(20);
});

test('SEC-5: tokens may be asked for so many times a minute, and the answer says to keep them', async () => {
  const answers = await Promise.all(Array.from({ length: 61 }, (_, at) => login('192.0.2.6', `nobody-${at % 2}`, 'guess')));
  expect(answers.filter(({ code }) => code === 'TOO_MANY_TOKEN_REQUESTS').length).toBeGreaterThan(0);
  expect((await login('192.0.2.7', 'anna')).status).toBe(200);
});

test('SEC-5: X-Forwarded-For of anybody else is not believed', async () => {
  const plain = await RunningGateway.start('http://127.0.0.1:1', { MILLRACE_GATEWAY_FAILED_LOGINS: '2' });
  const guess = (from: string) =>
    plain.send('POST', '/v1/oauth/token', {
      headers: { 'x-forwarded-for': from },
      body: { grant_type: 'client_credentials', client_id: 'pavel', client_secret: 'guess' },
    });
  const statuses: number[] = [];
  for (let at = 0; at < 3; at++) statuses.push((await guess(`203.0.113.${at}`)).status);
  expect(statuses).toEqual([401, 401, 429]);
  await plain.stop();
});

test('SEC-19, T55: every refusal of the token address is an OAuth error in JSON that says what to look at', async () => {
  for (const body of ['{"grant_type":', '[]', { grant_type: 'password' }, { grant_type: 'client_credentials', client_id: 'pavel', client_secret: 'x' }]) {
    const { status, headers, body: answer } = await gateway.send('POST', '/v1/oauth/token', { body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(answer).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/), error_description: expect.any(String), code: expect.any(String) });
  }
});
