import { TASK_EVENTS } from '@millrace/contracts';
import { decidedBy, doneAtOnce, type TaskHandler, type TaskKind } from '@millrace/tasks';
import { problemsOfTaskKinds } from './check-task-kinds.js';

// Goal: a kind of task that its service only half knows stops the start by name. Method: one sound kind, with one thing forgotten at a time.
class Handler implements TaskHandler {
  async apply(): Promise<void> {}
}
class Forgotten implements TaskHandler {
  async apply(): Promise<void> {}
}
const KIND: TaskKind = {
  kind: 'field-visit',
  question: 'What does the firm look like?',
  subject: 'application',
  roles: ['risk_officer'],
  vote: { kind: 'one-person' },
  independentOf: [],
  due: { hours: 24 },
  decisions: [{ name: 'seen', meaning: 'It is there.', parameters: {}, reasons: ['LOOKED_AT'] }],
};
const MODULES = {
  get: (handler: unknown) => {
    if (handler !== Handler) throw new Error('no provider');
    return new Handler();
  },
} as never;
const problems = (taskKinds: object[], produces: readonly unknown[] = TASK_EVENTS): string[] =>
  problemsOfTaskKinds({ name: 'visits', taskKinds, produces } as never, MODULES);

test('a whole kind has no problem, nor has a service without kinds', () => {
  expect(problems([decidedBy(KIND, Handler)])).toEqual([]);
  expect(problems([doneAtOnce(KIND)])).toEqual([]);
  expect(problems([], [])).toEqual([]);
});

test.each([
  ['a handler that is no provider', [decidedBy(KIND, Forgotten)], undefined, 'task kind field-visit: its handler is no provider of the module of visits'],
  ['no handler', [{ kind: KIND }], undefined, 'task kind field-visit: its handler is no provider of the module of visits'],
  [
    'a role that staff cannot have',
    [decidedBy({ ...KIND, roles: ['king'] }, Handler)],
    undefined,
    'task kind field-visit: its role king is none that staff can have',
  ],
  [
    'a reason that the catalogue has not',
    [decidedBy({ ...KIND, decisions: [{ ...KIND.decisions[0]!, reasons: ['FRAUD_CONFIRMD'] }] }, Handler)],
    undefined,
    'task kind field-visit: seen may be given for FRAUD_CONFIRMD, which the reason catalogue has not',
  ],
  ['its events forgotten', [decidedBy(KIND, Handler)], [], 'visits has kinds of tasks and does not produce TaskOpened, TaskChanged, TaskDecided'],
])('a kind with %s stops the start', (_what, kinds, produces, line) => {
  expect(problems(kinds, produces)).toEqual([line]);
});
