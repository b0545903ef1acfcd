import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { RunningGateway } from '../../test/running-gateway.js';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start('http://127.0.0.1:1');
});
afterAll(() => gateway.stop());

test('D1, SEC-15: without its database the gateway answers 503 with a time to come back, and recovers by itself', async () => {
  await gateway.token('client-1');
  const applicationId = newId();
  const owner = [applicationId, 't1', 'partner-1'];
  await gateway.service.pool.query('insert into application_owner (application_id, tenant_id, partner_id) values ($1, $2, $3)', owner);
  await gateway.service.database.goAway();
  for (let round = 0; round < 2; round++) {
    for (const answer of [await gateway.login('client-2'), await gateway.get(`/v1/loan-applications/${applicationId}/timeline`, 'client-1')]) {
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '5']);
    }
  }
  expect((await gateway.send('GET', '/health/ready')).status).toBe(503);
  await gateway.service.database.comeBack();
  await until(async () => (await gateway.login('client-2')).status === 200, 'a token');
  expect((await gateway.get(`/v1/loan-applications/${applicationId}/timeline`, 'client-1')).status).toBe(200);
  expect((await gateway.send('GET', '/health/ready')).status).toBe(200);
});
