import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeepAliveProber, type ProbeReport } from './keep-alive-prober.js';

/** What a server that gives every tenth request the answer `odd` looks like to the prober, and how many connections the server saw. */
async function probed(odd: 'reset' | 'status 503' | 'connection: close'): Promise<ProbeReport & { readonly seen: number }> {
  let [asked, seen] = [0, 0];
  const server = createServer((request, response) => {
    asked += 1;
    if (asked % 10 > 0) response.end('{}');
    else if (odd === 'reset') request.socket.destroy();
    else if (odd === 'status 503') response.writeHead(503).end('{}');
    else response.writeHead(200, { connection: 'close' }).end('{}');
  });
  server.on('connection', () => (seen += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const prober = new KeepAliveProber(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, [{ path: '/', token: 't' }]);
  const report = await prober.run(() => prober.requests >= 40);
  server.close();
  server.closeAllConnections();
  return { ...report, seen };
}

test.each([
  ['reset', 'ECONNRESET'],
  ['status 503', 'status 503'],
] as const)('D2: a request that meets a %s is a cut, and is not sent again', async (odd, why) => {
  const { cuts, requests, answers } = await probed(odd);
  expect(cuts.length).toBe(Math.floor(requests / 10));
  expect(new Set(cuts.map((cut) => cut.why))).toEqual(new Set([why]));
  expect(answers.get(200)).toBe(requests - cuts.length);
});

test('D2: an answer that ends its connection is an answer, and the next request has another one', async () => {
  const { cuts, connections, requests, seen } = await probed('connection: close');
  expect(cuts).toEqual([]);
  expect(connections).toBe(seen);
  // Each such answer ended one; how many are open beside it is up to the machine.
  expect(connections).toBeGreaterThanOrEqual(Math.floor(requests / 10));
});
