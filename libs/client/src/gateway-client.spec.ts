import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayClient } from './gateway-client.js';

test('T55: a refused secret is shown once, however many calls are made at once and later', async () => {
  let logins = 0;
  const server = createServer((_request, response) => {
    logins++;
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'invalid_client', code: 'INVALID_CLIENT', title: 'No.' }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = new GatewayClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'demo-partner', 'of another installation');
  const calls = await Promise.allSettled(Array.from({ length: 24 }, () => client.call('GET', '/v1/products')));
  expect(calls.every(({ status }) => status === 'rejected')).toBe(true);
  await expect(client.call('GET', '/v1/products')).rejects.toThrow('INVALID_CLIENT');
  expect(logins).toBe(1);
  await client.close();
  server.close();
});
