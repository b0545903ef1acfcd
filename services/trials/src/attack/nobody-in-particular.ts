import { once } from 'node:events';
import { connect } from 'node:net';
import type { AttackGroup, AttackOutcome } from './attack.js';
import { broken, countStatuses, judge } from './judge.js';
import { besideOther } from './other-wait.js';

/** At once for one client: twice what is tried for it, and in all rounds together fewer than an address may send in a minute. */
const GUESSES = 20;
/** Longer than a request may take to arrive where the setting is left as it is. */
const SLOW_BODY_PATIENCE_MS = 40_000;

/** Opens a connection, sends a byte of a body every second, and waits until it is let go. */
async function sendSlowly(url: string): Promise<AttackOutcome> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write('POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{');
  let text = '';
  socket.on('data', (part) => (text += String(part))).on('error', () => undefined);
  const drip = setInterval(() => socket.write(' '), 1_000);
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(), SLOW_BODY_PATIENCE_MS);
  const closed = await once(socket, 'close', { signal: patience.signal }).then(
    () => true,
    () => false,
  );
  clearTimeout(over);
  clearInterval(drip);
  socket.destroy();
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
  return {
    id: 'SEC-15',
    what: 'a body that comes byte by byte',
    statuses: { [status]: 1 },
    answerBytes: Buffer.byteLength(text),
    verdict: closed ? 'held' : 'broken',
  };
}

/** Requests of callers without a principal: counted, bounded, and no trouble for those who have one (SEC-3, SEC-5, SEC-15, SEC-18). */
export const attackAsNobody: AttackGroup = async function* ({ nobody, staff, gatewayUrl }) {
  const answers = [
    await nobody.get('/v1/products'),
    await nobody.send('GET', '/v1/products', { headers: { authorization: 'Bearer not.a.token' } }),
    await nobody.get('/v1/openapi.json'),
    await nobody.get('/v1/nothing-here'),
  ];
  yield judge('SEC-3', 'whoever has no good token is counted', answers, ({ headers }) => headers['ratelimit'] !== undefined);
  let clients = 0;
  const guess = (client_id: string, at: number) =>
    nobody.send('POST', '/v1/oauth/token', { body: { grant_type: 'client_credentials', client_id, client_secret: `guess number ${at}` } });
  // For another client in each round, as for the one of before nothing is tried any more.
  const { result, wait } = await besideOther(staff.auditor, () => {
    const clientId = `made-up-client-${++clients}`;
    return Promise.all(Array.from({ length: GUESSES }, (_, at) => guess(clientId, at)));
  });
  const tried = countStatuses(result)[401] ?? 0;
  const outcome = judge('SEC-5', `${GUESSES} guesses of a secret at once`, result, ({ status }) => status === 401 || status === 429, wait);
  yield tried < result.length ? outcome : broken(outcome, 'every guess was tried');
  const json = [await nobody.get('/v1/docs-json'), await nobody.get('/json')];
  yield judge('SEC-18', 'an unknown path with "json" in it', json, ({ status }) => status === 404);
  yield await sendSlowly(gatewayUrl);
};
