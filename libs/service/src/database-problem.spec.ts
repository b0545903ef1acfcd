import { databaseProblem } from './database-problem.js';

const failure = (code: string | undefined, message = 'x'): Error => Object.assign(new Error(message), code === undefined ? {} : { code });

test.each([
  ['nobody listens', failure('ECONNREFUSED')],
  ['the server shuts down', failure('57P01')],
  ['the server starts', failure('57P03')],
  ['all connections are taken', failure('53300')],
  ['a connection breaks', failure(undefined, 'Connection terminated unexpectedly')],
  ['the pool has none in time', failure(undefined, 'timeout exceeded when trying to connect')],
  ['the server is only a copy', failure('25006')],
  ['the disk is full', failure('53100')],
  ['the disk is full while a file grows', failure('58030', 'could not extend file: No space left on device')],
  ['a lock took too long', failure('55P03')],
  ['a statement took too long', failure('57014')],
])('D1, SEC-15: where %s the answer is 503 with a time to come back', (_, error) => {
  expect(databaseProblem(error)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': expect.stringMatching(/^[15]$/) } });
});

test('T36: a full disk is named', () => {
  expect(databaseProblem(failure('53100'))?.title).toBe('There is no space left to store anything.');
});

test.each([failure('23505'), failure('42P01'), new Error('a bug'), undefined, 'text'])('%s is not the database’s fault', (error) => {
  expect(databaseProblem(error)).toBeUndefined();
});
