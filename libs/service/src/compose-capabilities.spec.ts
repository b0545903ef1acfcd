import { LoanActivated, LoanClosed, TASK_EVENTS } from '@millrace/contracts';
import { consume, type EventHandler } from '@millrace/messaging';
import { Process, type AnyProcess } from '@millrace/process';
import { decidedBy, doneAtOnce, type TaskHandler, type TaskKind } from '@millrace/tasks';
import { defineCapability, type Capability } from './capability.js';
import { BaseConfig } from './config.js';
import { defineService, type ServiceDefinition } from './service-definition.js';

// Goal: a service is what its capabilities bring, and what two of them claim is refused with the names of both.
class OnLoanActivated implements EventHandler<LoanActivated> {
  async handle(): Promise<void> {}
}
class OnLoanClosed implements EventHandler<LoanClosed> {
  async handle(): Promise<void> {}
}
class Book {}
class Collect implements TaskHandler {
  async run(): Promise<void> {}
  async tick(): Promise<void> {}
  async apply(): Promise<void> {}
}
const KIND = { kind: 'promise', vote: { kind: 'one-person' } } as TaskKind;
const loan = defineCapability({ name: 'loan', providers: [Book], consumes: [consume(LoanActivated, OnLoanActivated)] });
const collection = defineCapability({
  name: 'collection',
  consumes: [consume(LoanClosed, OnLoanClosed)],
  produces: [LoanClosed],
  jobs: { collect: Collect },
  tickers: [{ intervalMs: 1_000, ticker: Collect }],
  taskKinds: [decidedBy(KIND, Collect)],
});

function service(capabilities: readonly Capability[]): ServiceDefinition {
  return defineService({ name: 'monitoring', schema: 'monitoring', config: BaseConfig, migrations: new URL('file:///'), capabilities });
}

test('each list of a service is that of its capabilities in their order; what they do not have is an empty one', () => {
  const { consumes, jobs, tickers, histories, sealedRecords, readModels, figures } = service([loan, collection]);
  expect(consumes.map(({ eventClass }) => eventClass)).toEqual([LoanActivated, LoanClosed]);
  expect([jobs, tickers]).toEqual([{ collect: Collect }, [{ intervalMs: 1_000, ticker: Collect }]]);
  expect([histories, sealedRecords, readModels, figures]).toEqual([[], [], [], []]);
});

test('handlers of events, jobs, tickers and tasks are built without being said again, each once', () => {
  expect(service([loan, collection]).providers).toEqual([Book, OnLoanActivated, OnLoanClosed, Collect]);
  expect(service([{ name: 'vote', taskKinds: [doneAtOnce(KIND)] }]).providers).toEqual([]);
});

test('a service with a kind of task tells of tasks, one without does not; an event that two folders make is there once', () => {
  expect(service([collection, loan]).produces).toEqual([LoanClosed, ...TASK_EVENTS]);
  expect(service([loan]).produces).toEqual([]);
  expect(service([{ ...loan, produces: [LoanClosed] }, collection]).produces).toEqual([LoanClosed, ...TASK_EVENTS]);
});

test.each<[string, Capability, string]>([
  ['its name', { name: 'loan' }, 'capability loan is said more than once, by loan and loan'],
  [
    'an event that another one handles',
    { name: 'warning', consumes: [consume(LoanActivated, OnLoanActivated)] },
    'handler of the event dev.millrace.lending.loan-application.loan-activated.v1 is said more than once, by loan and warning',
  ],
  ['a job', { name: 'warning', jobs: { collect: Collect } }, 'job collect is said more than once, by collection and warning'],
  ['a kind of task', { name: 'warning', taskKinds: [doneAtOnce(KIND)] }, 'task kind promise is said more than once, by collection and warning'],
])('a capability that claims %s is refused by name', (_what, other, message) => {
  expect(() => service([loan, collection, other])).toThrow(message);
});

test('an unsound process does not start', () => {
  const table = { name: 'promise', statuses: {}, triggers: { kept: 'The debtor paid.' }, rows: [], ignored: [] };
  const promise = new Process(table as unknown as AnyProcess['table']);
  expect(() => service([{ name: 'promise', processes: [promise] }])).toThrow('the process of the promise is not sound: kept has an effect in no status');
});
