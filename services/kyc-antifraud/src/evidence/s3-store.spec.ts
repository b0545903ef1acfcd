import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Store } from './s3-store.js';

// Goal: objects of a bucket are written, read and removed under a signed request each. Method: an HTTP server that keeps objects and looks at signatures' form.
const objects = new Map<string, Buffer>();
const signatures: string[] = [];
let failing = false;
let server: Server;
let store: S3Store;

beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method, url = '' } = request;
      signatures.push(String(request.headers.authorization));
      if (failing) return void response.writeHead(503).end();
      if (method === 'PUT') objects.set(url, Buffer.concat(parts));
      if (method === 'DELETE') objects.delete(url);
      const found = objects.get(url);
      response.writeHead(method === 'GET' && !found ? 404 : method === 'DELETE' ? 204 : 200, { etag: '"1"' });
      response.end(method === 'GET' ? found : undefined);
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  store = new S3Store(`http://127.0.0.1:${(server.address() as AddressInfo).port}/evidence`, 'key-1:a secret: with a colon', 2_000);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  failing = false;
});

const BYTES = Buffer.from([0, 1, 255, 254, 10, 13]);

test('an object comes back byte for byte, and is gone once it is removed', async () => {
  await store.put('t1/ab/1', BYTES);
  expect([...objects.keys()]).toEqual(['/evidence/t1/ab/1']);
  expect(await store.get('t1/ab/1')).toEqual(BYTES);
  expect(await store.get('t1/ab/2')).toBeUndefined();
  await store.remove('t1/ab/1');
  expect(await store.get('t1/ab/1')).toBeUndefined();
  expect(
    signatures.every((one) => /^AWS4-HMAC-SHA256 Credential=key-1\/\d{8}\/\w+\/s3\/aws4_request, ?SignedHeaders=[\w;-]+, ?Signature=[0-9a-f]{64}$/.test(one)),
  ).toBe(true);
});

test('a store that fails is an error, and no missing object', async () => {
  failing = true;
  await expect(store.put('t1/ab/3', BYTES)).rejects.toThrow();
  await expect(store.get('t1/ab/3')).rejects.toThrow();
});
