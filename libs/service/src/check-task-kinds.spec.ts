import { decidedBy, doneAtOnce, type HandledTaskKind, type TaskHandler, type TaskKind } from '@millrace/tasks';
import { problemsOfTaskKinds } from './check-task-kinds.js';

// Goal: a kind of task that its service only half knows stops the start by name. Method: one sound kind, with one thing forgotten at a time.
class Handler implements TaskHandler {
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
const problems = (...taskKinds: HandledTaskKind[]): string[] => problemsOfTaskKinds({ taskKinds });

test('a whole kind has no problem, nor has a service without kinds', () => {
  expect(problems(decidedBy(KIND, Handler))).toEqual([]);
  expect(problems(doneAtOnce(KIND))).toEqual([]);
  expect(problems()).toEqual([]);
});

test.each([
  ['a role that staff cannot have', { roles: ['king'] }, 'task kind field-visit: its role king is none that staff can have'],
  [
    'a reason that the catalogue has not',
    { decisions: [{ ...KIND.decisions[0]!, reasons: ['FRAUD_CONFIRMD'] }] },
    'task kind field-visit: seen may be given for FRAUD_CONFIRMD, which the reason catalogue has not',
  ],
])('a kind with %s stops the start', (_what, forgotten, line) => {
  expect(problems(decidedBy({ ...KIND, ...forgotten } as TaskKind, Handler))).toEqual([line]);
});
