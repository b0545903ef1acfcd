import { Readiness } from './readiness.js';

test('a service that starts or stops is not ready, whatever it stands on', async () => {
  const readiness = new Readiness();
  readiness.add('database', async () => undefined);
  expect(await readiness.missing()).toEqual([{ what: 'service', why: 'it is starting' }]);
  readiness.started();
  expect(await readiness.missing()).toEqual([]);
  readiness.stopping();
  expect(await readiness.missing()).toEqual([{ what: 'service', why: 'it is stopping' }]);
});

test('everything that is missing is named, also what never answers', async () => {
  const readiness = new Readiness();
  readiness.started();
  readiness.add('database', () => Promise.reject(new Error('connection refused')));
  readiness.add('relay', async () => undefined);
  readiness.add('event log', () => new Promise(() => undefined));
  expect(await readiness.missing()).toEqual([
    { what: 'database', why: 'connection refused' },
    { what: 'event log', why: 'no answer within 2000 ms' },
  ]);
});
