import { createLogger } from './logger.js';
import { Readiness } from './readiness.js';

interface Line {
  readonly level: number;
  readonly msg: string;
}

const WARN = 40;
const INFO = 30;
let lines: Line[];
let readiness: Readiness;

beforeEach(() => {
  lines = [];
  readiness = new Readiness(createLogger('test', 'debug', { write: (line) => void lines.push(JSON.parse(line) as Line) }));
});

test('a service that starts or stops is not ready, whatever it stands on, and the log is not told', async () => {
  readiness.need('database', async () => undefined);
  expect(await readiness.condition()).toEqual({ status: 'unready', trouble: [{ what: 'service', why: 'it is starting' }] });
  readiness.started();
  expect(await readiness.condition()).toEqual({ status: 'ready', trouble: [] });
  readiness.stopping();
  expect(await readiness.condition()).toEqual({ status: 'unready', trouble: [{ what: 'service', why: 'it is stopping' }] });
  expect(lines).toEqual([]);
});

test('everything that is missing is named, also what never answers', async () => {
  readiness.started();
  readiness.need('database', () => Promise.reject(new Error('connection refused')));
  readiness.watch('relay', async () => undefined);
  readiness.watch('event log', () => new Promise(() => undefined));
  expect(await readiness.condition()).toEqual({
    status: 'unready',
    trouble: [
      { what: 'database', why: 'connection refused' },
      { what: 'event log', why: 'no answer within 2000 ms' },
    ],
  });
});

test('what is only watched leaves the service ready for its callers', async () => {
  readiness.started();
  readiness.need('database', async () => undefined);
  readiness.watch('event log', () => Promise.reject(new Error('no broker answers')));
  const trouble = [{ what: 'event log', why: 'no broker answers' }];
  expect(await readiness.condition()).toEqual({ status: 'degraded', trouble });
  expect(await readiness.watched()).toEqual({ names: ['event log'], trouble });
});

test('the log is told of a change once, however often somebody looks and whatever the reason is then', async () => {
  let database: string | undefined;
  let log: string | undefined;
  readiness.started();
  const fail = (why: string | undefined): Promise<void> => (why === undefined ? Promise.resolve() : Promise.reject(new Error(why)));
  readiness.need('database', () => fail(database));
  readiness.watch('event log', () => fail(log));
  const look = async (times: number): Promise<void> => {
    for (let look = 0; look < times; look++) await readiness.condition();
  };
  await look(2);
  for (log of ['refused', 'timed out']) await look(2);
  database = 'refused';
  await look(2);
  database = log = undefined;
  await look(2);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [WARN, 'degraded: event log'],
    [WARN, 'not ready: database, event log'],
    [INFO, 'ready again'],
  ]);
});
