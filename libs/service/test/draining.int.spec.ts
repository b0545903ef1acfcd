import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { TestService } from '@millrace/testing';
import { watched } from './watched-service.js';

// Goal: a service that stops cuts off nobody. Method: a caller that keeps its connection and does not send again, while the service drains.
interface Told {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly reused: boolean;
}

function ask(url: string, agent: Agent): Promise<Told> {
  return new Promise((done, fail) => {
    const asked = request(new URL('/health/live', url), { agent }, (answer) => {
      answer.resume().once('end', () => done({ status: answer.statusCode, connection: answer.headers.connection, reused: asked.reusedSocket }));
    });
    asked.once('error', fail).end();
  });
}

test('D2: while it drains every answer ends its connection, new ones are taken, it is not ready, and its metrics can be read to the end', async () => {
  const service = await TestService.start(watched as never);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask(service.url, agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
  expect(await ask(service.url, agent)).toMatchObject({ status: 200, reused: true });
  const stopped = service.service.stop(1_000);
  await delay(100);
  expect(await ask(service.url, agent)).toEqual({ status: 200, connection: 'close', reused: true });
  expect(await ask(service.url, agent)).toEqual({ status: 200, connection: 'close', reused: false });
  expect((await fetch(`${service.operationsUrl}/health/ready`)).status).toBe(503);
  expect((await fetch(`${service.operationsUrl}/metrics`)).status).toBe(200);
  await stopped;
  await expect(ask(service.url, agent)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  agent.destroy();
  // The service has stopped; what the suite has opened beside it would keep its process from ending.
  await service.pool.end();
  await service.log.close();
  await service.database.drop();
});
