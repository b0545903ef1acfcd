import { describeAnswer, flag, money, object, open, text, type Description, type Fields } from '@millrace/contracts/api';
import { cutterOf } from './cut-answer.js';

const PARTNER = { kind: 'partner', roles: [] } as const;
const OFFICER = { kind: 'staff', roles: ['risk_officer'] } as const;
const PAYER = { kind: 'staff', roles: ['payment_officer'] } as const;

const answer = <F extends Fields>(fields: F): Description<F> => describeAnswer('Thing', 'callers', 'A thing.', fields);
const INNER = describeAnswer('Inner', 'callers', 'Inside a thing.', { amountMinor: money('How much.') });

/** What is left of an answer, which is cut where it is. */
function left(description: Description, given: object, viewer: Parameters<ReturnType<typeof cutterOf>>[1] = PARTNER): object {
  const copy = structuredClone(given);
  cutterOf(description)(copy, viewer);
  return copy;
}

test('what is not described is cut off, at every depth and in every item of a list', () => {
  const THING = answer({ name: text(9, 'Name.', 'x'), one: object(INNER, 'One.').nullable(), many: object(INNER, 'Many.').list(9), free: open('Open.', {}) });
  const given = {
    name: 'x',
    internal: 1,
    one: { amountMinor: '1', tenantId: 't1' },
    many: [{ amountMinor: '2', seal: 'x' }, { amountMinor: '3' }],
    free: { anything: [{ goes: 1 }] },
  };
  expect(left(THING, given)).toEqual({ name: 'x', one: { amountMinor: '1' }, many: [{ amountMinor: '2' }, { amountMinor: '3' }], free: given.free });
  expect(left(THING, { one: null })).toEqual({ one: null });
});

test('an object where a text is described is not described, and neither is a text among objects', () => {
  const THING = answer({
    name: text(9, 'Name.', 'x'),
    note: text(9, 'Note.', 'x').nullable(),
    words: text(9, 'Words.', 'x').list(9),
    many: object(INNER, 'Many.').list(9),
  });
  expect(left(THING, { name: { secret: 1 }, note: { secret: 1 }, words: ['a', { secret: 1 }], many: ['secret'] })).toEqual({ note: null });
  expect(left(THING, { words: ['a', 'b'] })).toEqual({ words: ['a', 'b'] });
});

test('values under free names are cut as their description says, whatever the name', () => {
  const THING = answer({
    shares: text(9, 'Share.', 'x').nullable().byName('a'),
    parts: object(INNER, 'Part.').byName('b'),
  });
  const given = { shares: { a: 'x', b: null, c: { secret: 1 } }, parts: { b: { amountMinor: '1', tenantId: 't1' }, c: 'secret' } };
  expect(left(THING, given)).toEqual({ shares: { a: 'x', b: null }, parts: { b: { amountMinor: '1' } } });
  expect(left(THING, { shares: 'secret', parts: [] })).toEqual({});
});

test('R-OP-06: a field is shown to its audience alone: null where it may be, missing where it may be', () => {
  const THING = answer({
    forOfficers: text(9, 'Score.', 'x').nullable().shownTo('right:score'),
    forStaff: text(9, 'Staff.', 'x').optional().shownTo('staff'),
    forNobody: text(9, 'Inside.', 'x').shownTo('nobody'),
    inner: object(describeAnswer('Secret', 'right:score', 'Inside.', { yes: flag('Yes.') }), 'Secret.').nullable(),
  });
  const given = { forOfficers: 'x', forStaff: 'x', forNobody: 'x', inner: { yes: true } };
  expect(left(THING, given, PARTNER)).toEqual({ forOfficers: null, inner: null });
  expect(left(THING, given, PAYER)).toEqual({ forOfficers: null, forStaff: 'x', inner: null });
  expect(left(THING, given, OFFICER)).toEqual({ forOfficers: 'x', forStaff: 'x', inner: { yes: true } });
});

test('inside an answer that is for some alone, what is for the same is shown to them, and the whole of it to nobody else', () => {
  const PART = describeAnswer('Part', 'right:score', 'A part.', { yes: flag('Yes.') });
  const WHOLE = describeAnswer('Whole', 'right:score', 'All.', { parts: object(PART, 'Parts.').list(9) });
  expect(left(WHOLE, { parts: [{ yes: true }] }, OFFICER)).toEqual({ parts: [{ yes: true }] });
  expect(left(WHOLE, { parts: [{ yes: true }] }, PARTNER)).toEqual({});
});

test('a description that cannot be kept is named when the gateway starts', () => {
  const wrong: readonly [Fields, RegExp][] = [
    [{ score: text(9, 'Score.', 'x').nullable().shownTo('right:scores') }, /^Thing\.score is shown to the right "scores", which libs\/service does not have/],
    [{ score: text(9, 'Score.', 'x').shownTo('right:score') }, /^Thing\.score is not shown to all, so it has to be nullable or optional/],
  ];
  for (const [fields, message] of wrong) expect(() => cutterOf(answer(fields))).toThrow(message);
  const outer = { inner: object(answer(wrong[0]![0]), 'Inner.').list(9) };
  expect(() => cutterOf(describeAnswer('Outer', 'callers', 'Outside.', outer))).toThrow(wrong[0]![1]);
});
