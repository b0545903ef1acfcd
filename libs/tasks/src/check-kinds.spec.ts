import { problemsOfKinds } from './check-kinds.js';
import type { TaskKind } from './task-kind.js';

// Goal: a half-done kind of task is refused at the start, by its name and with what is missing.
const KNOWN = { roles: ['credit_approver', 'risk_officer'], isReason: (code: string) => ['LOOKED_AT', 'DECLINED'].includes(code) };
const WHOLE: TaskKind = {
  kind: 'field-visit',
  question: 'What does the firm look like?',
  subject: 'application',
  roles: ['risk_officer'],
  vote: { kind: 'one-person' },
  independentOf: ['maker'],
  due: { hours: 48 },
  decisions: [{ name: 'seen', meaning: 'It is there.', parameters: { found: 'text' }, reasons: ['LOOKED_AT'] }],
};
const COMMITTEE: TaskKind = {
  ...WHOLE,
  vote: { kind: 'committee', seats: 5, quorum: 3, yes: 'approve', no: 'reject', majority: { of: 2, outOf: 3 }, vetoRole: 'risk_officer' },
  decisions: ['approve', 'reject'].map((name) => ({ name, meaning: name, parameters: {}, reasons: ['LOOKED_AT'] })),
};
const committee = (change: object): TaskKind => ({ ...COMMITTEE, vote: { ...COMMITTEE.vote, ...change } as TaskKind['vote'] });
const problems = (kind: object): string[] => problemsOfKinds([kind as TaskKind], KNOWN);

test('whole kinds have no problem', () => {
  expect(problemsOfKinds([WHOLE, { ...COMMITTEE, kind: 'credit-committee' }], KNOWN)).toEqual([]);
});

test.each([
  ['no role', { ...WHOLE, roles: [] }, 'no role may decide it'],
  ['a role that nobody has', { ...WHOLE, roles: ['king'] }, 'its role king is none that staff can have'],
  ['no decision', { ...WHOLE, decisions: [] }, 'it has no decision'],
  ['no due instant', { ...WHOLE, due: undefined }, 'it does not say when it is due'],
  ['a due instant of nothing', { ...WHOLE, due: { hours: 0 } }, 'it does not say when it is due'],
  ['no question', { ...WHOLE, question: ' ' }, 'it asks nothing'],
  ['another subject', { ...WHOLE, subject: 'moon' }, 'its subject moon is none of application, loan'],
  ['another party', { ...WHOLE, independentOf: ['cousin'] }, 'cousin is no part that a person can have'],
  [
    'a reason that is not in the catalogue',
    { ...WHOLE, decisions: [{ ...WHOLE.decisions[0], reasons: ['LOKED_AT'] }] },
    'LOKED_AT, which the reason catalogue has not',
  ],
  ['a decision without a reason', { ...WHOLE, decisions: [{ ...WHOLE.decisions[0], reasons: [] }] }, 'has no reason that could be given'],
  ['an unknown parameter', { ...WHOLE, decisions: [{ ...WHOLE.decisions[0], parameters: { found: 'poem' } }] }, 'has the type poem'],
  ['a name in capitals', { ...WHOLE, kind: 'FieldVisit' }, 'not named in lower case'],
  ['a quorum above the members', committee({ quorum: 6 }), 'its quorum of 6 is larger than the 5 members'],
  ['a quorum of one', committee({ quorum: 1 }), 'a committee has at least two who vote'],
  ['a majority of less than half', committee({ majority: { of: 1, outOf: 3 } }), 'its majority of 1 in 3 is none'],
  ['a veto of nobody', committee({ vetoRole: 'king' }), 'the role king, which has the veto'],
  ['an outcome that is no decision', committee({ yes: 'grant' }), 'votes on grant, which is none of its decisions'],
  ['one outcome', committee({ no: 'approve' }), 'one outcome only'],
])('a kind with %s is refused by its name', (_what, kind, message) => {
  expect(problems(kind)).toContainEqual(expect.stringMatching(new RegExp(`^task kind (field-visit|FieldVisit): .*${message}`)));
});

test('two kinds of one name are refused', () => {
  expect(problemsOfKinds([WHOLE, WHOLE], KNOWN)).toEqual(['task kind field-visit: it is registered twice']);
});
