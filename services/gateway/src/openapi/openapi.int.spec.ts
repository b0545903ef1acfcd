import { readFileSync } from 'node:fs';
import { RunningGateway } from '../../test/running-gateway.js';
import { OPENAPI_FILE } from './render-document.js';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start('http://127.0.0.1:1');
});
afterAll(() => gateway?.stop());

test('the document that is served without a token is the one that is committed', async () => {
  const { status, body } = await gateway.send('GET', '/v1/openapi.json');
  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')));
});

test.each(['/v1/docs', '/v1/docs/'])('%s is a page whose every asset is served from here', async (path) => {
  const page = await gateway.send('GET', path);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  const html = page.body as string;
  expect(html).toContain('<title>Millrace API</title>');
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset!);
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) {
    const url = new URL(asset, `${gateway.service.url}${path}`);
    expect(url.origin).toBe(new URL(gateway.service.url).origin);
    expect([asset, (await gateway.send('GET', url.pathname)).status]).toEqual([asset, 200]);
  }
});
