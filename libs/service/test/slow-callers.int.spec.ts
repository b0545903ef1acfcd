import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TestService } from '@millrace/testing';
import { watched } from './watched-service.js';

let service: TestService;

beforeAll(async () => {
  service = (await TestService.start(watched, {
    environment: { MILLRACE_REQUEST_TIMEOUT_MS: '1000', MILLRACE_MAX_CONNECTIONS: '10' },
  })) as unknown as TestService;
});
afterAll(() => service?.stop());

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** All that comes back until the other side closes. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  for await (const part of socket) text += String(part);
  return text;
}

test('SEC-15: a caller that sends its body byte by byte is answered 408 and let go', async () => {
  const socket = await open();
  socket.write('PUT /nothing HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
  const drip = setInterval(() => socket.write(' '), 200);
  const answer = await rest(socket).finally(() => clearInterval(drip));
  expect(answer).toContain('HTTP/1.1 408');
  expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
});

test('SEC-15: a caller that never ends its headers is let go', async () => {
  const socket = await open();
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n');
  expect(await rest(socket)).toContain('HTTP/1.1 408');
});

test('SEC-15: what is no HTTP is told so in JSON', async () => {
  const socket = await open();
  socket.write('\u0000\u0001\r\n\r\n');
  const answer = await rest(socket);
  expect(answer).toContain('HTTP/1.1 400');
  expect(answer).toContain('"code":"BAD_REQUEST"');
});

test('SEC-15: connections beyond the limit are closed, and those that are there are served', async () => {
  const held = await Promise.all(Array.from({ length: 10 }, open));
  const further = await open();
  await once(further, 'close');
  held[0]!.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(await rest(held[0]!)).toContain('HTTP/1.1 200');
  for (const socket of held) socket.destroy();
});

test('a connection that was opened and never used is closed with the service', async () => {
  const unused = await open();
  const closed = once(unused, 'close');
  await service.service.app.close();
  await closed;
});
