import type { EventSchema, JsonSchema } from './json-schema.js';
import { breakingChanges } from './schema-compatibility.js';

const BASE: EventSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://millrace.localhost/v1/event-schemas/test.v1.json',
  title: 'Test',
  'x-topic': 'test.v1',
  'x-key': 'applicationId',
  type: 'object',
  properties: {
    applicationId: { type: 'string', format: 'uuid' },
    score: { type: 'integer', minimum: 0, maximum: 1000 },
    code: { type: 'string', pattern: '^[A-Z]+$', maxLength: 20 },
    grade: { type: 'string', enum: ['R1', 'R2'] },
    stage: { type: ['string', 'null'], enum: ['first', 'second', null] },
    note: { type: ['string', 'null'], maxLength: 80 },
    facts: { $ref: '#/$defs/Facts' },
    allocation: { anyOf: [{ $ref: '#/$defs/Facts' }, { type: 'null' }] },
    reasons: { type: 'array', minItems: 0, maxItems: 30, items: { $ref: '#/$defs/Reason' } },
  },
  required: ['applicationId', 'score', 'code', 'grade', 'facts', 'reasons'],
  $defs: {
    Facts: { type: 'object', properties: { months: { type: 'integer' } }, required: ['months'] },
    Reason: { type: 'object', properties: { sentence: { type: 'string', maxLength: 300 } }, required: ['sentence'] },
  },
};

const withField = (name: string, schema: JsonSchema, required?: boolean): EventSchema => ({
  ...BASE,
  properties: { ...BASE.properties, [name]: schema },
  required: [...BASE.required!.filter((field) => field !== name), ...((required ?? BASE.required!.includes(name)) ? [name] : [])],
});
const without = (name: string): EventSchema => ({
  ...BASE,
  properties: Object.fromEntries(Object.entries(BASE.properties).filter(([field]) => field !== name)),
  required: BASE.required!.filter((field) => field !== name),
});
const withDefs = (defs: Record<string, JsonSchema>): EventSchema => ({ ...BASE, $defs: { ...BASE.$defs, ...defs } });

test('nothing breaks where nothing changed', () => {
  expect(breakingChanges(BASE, structuredClone(BASE))).toEqual([]);
});

test.each<[string, EventSchema]>([
  ['a new optional field', withField('more', { type: ['string', 'null'], maxLength: 5 })],
  [
    'a new optional nested field',
    withDefs({ Facts: { type: 'object', properties: { months: { type: 'integer' }, more: { type: 'string' } }, required: ['months'] } }),
  ],
  ['another description', withField('score', { type: 'integer', minimum: 0, maximum: 1000, description: 'new words' })],
  ['a renamed nested class', { ...withField('facts', { $ref: '#/$defs/Renamed' }), $defs: { ...BASE.$defs, Renamed: BASE.$defs!['Facts']! } }],
])('%s is compatible', (_, after) => {
  expect(breakingChanges(BASE, after)).toEqual([]);
});

test.each<[string, EventSchema, RegExp]>([
  ['a removed required field', without('score'), /^score: removed or renamed$/],
  ['a removed optional field', without('note'), /^note: removed or renamed$/],
  ['a new required field', withField('more', { type: 'string' }, true), /^more: new and required/],
  [
    'a new required nested field',
    withDefs({ Facts: { type: 'object', properties: { months: { type: 'integer' }, more: { type: 'string' } }, required: ['months', 'more'] } }),
    /^facts\.more: new and required/,
  ],
  ['a required field that becomes optional', withField('score', { type: ['integer', 'null'], minimum: 0, maximum: 1000 }, false), /^score: may now be missing/],
  ['an optional field that becomes required', withField('note', { type: 'string', maxLength: 80 }, true), /^note: now required/],
  ['a field that loses null', withField('note', { type: 'string', maxLength: 80 }), /^note: may no longer be null$/],
  ['a nested field that loses null', withField('allocation', { $ref: '#/$defs/Facts' }), /^allocation: may no longer be null$/],
  ['another type', withField('score', { type: 'string' }), /^score: type changed from integer to string$/],
  ['a nested class in place of a text', withField('code', { $ref: '#/$defs/Facts' }), /^code: type changed from string to object$/],
  ['a list in place of one', withField('facts', { type: 'array', items: { $ref: '#/$defs/Facts' } }), /^facts: type changed from object to array$/],
  // What an old consumer would refuse, and park.
  [
    'a wider enum',
    withField('grade', { type: 'string', enum: ['R1', 'R2', 'R3'] }),
    /^grade: now also takes R3, which a consumer of before refuses; make the enum open a release earlier$/,
  ],
  ['an enum that is given up', withField('grade', { type: 'string' }), /^grade: no longer limited to R1, R2/],
  ['a lower minimum', withField('score', { type: 'integer', minimum: -1, maximum: 1000 }), /^score: minimum widened from 0 to -1/],
  ['a higher maximum', withField('score', { type: 'integer', minimum: 0, maximum: 2000 }), /^score: maximum widened from 1000 to 2000/],
  ['a limit that is given up', withField('code', { type: 'string', pattern: '^[A-Z]+$' }), /^code: maxLength widened from 20 to none/],
  ['a pattern that is given up', withField('code', { type: 'string', maxLength: 20 }), /^code: pattern changed from .* to none$/],
  ['an integer that becomes any number', withField('score', { type: 'number', minimum: 0, maximum: 1000 }), /^score: type changed from integer to number$/],
  ['a required field that may be null', withField('grade', { type: ['string', 'null'], enum: ['R1', 'R2', null] }, true), /^grade: may now be null/],
  ['a longer list', withField('reasons', { type: 'array', minItems: 0, maxItems: 60, items: { $ref: '#/$defs/Reason' } }), /^reasons: maxItems widened/],
  ['a narrower enum', withField('grade', { type: 'string', enum: ['R1', 'R3'] }), /^grade: no longer takes R2$/],
  ['a narrower nullable enum', withField('stage', { type: ['string', 'null'], enum: ['first', null] }), /^stage: no longer takes second$/],
  ['a new enum', withField('code', { type: 'string', pattern: '^[A-Z]+$', maxLength: 20, enum: ['A'] }), /^code: now limited to A$/],
  ['a higher minimum', withField('score', { type: 'integer', minimum: 1, maximum: 1000 }), /^score: minimum narrowed from 0 to 1$/],
  ['a lower maximum', withField('score', { type: 'integer', minimum: 0, maximum: 999 }), /^score: maximum narrowed from 1000 to 999$/],
  ['a shorter text', withField('code', { type: 'string', pattern: '^[A-Z]+$', maxLength: 19 }), /^code: maxLength narrowed/],
  [
    'a text that may not be empty any more',
    withField('note', { type: ['string', 'null'], minLength: 1, maxLength: 80 }),
    /^note: minLength narrowed from none to 1$/,
  ],
  [
    'a list that needs members',
    withField('reasons', { type: 'array', minItems: 1, maxItems: 30, items: { $ref: '#/$defs/Reason' } }),
    /^reasons: minItems narrowed/,
  ],
  ['another pattern', withField('code', { type: 'string', pattern: '^[A-Z]{2,}$', maxLength: 20 }), /^code: pattern changed/],
  ['a new pattern', withField('note', { type: ['string', 'null'], pattern: '^x', maxLength: 80 }), /^note: pattern changed from none/],
  ['another format', withField('applicationId', { type: 'string', format: 'date' }), /^applicationId: format changed/],
  ['a removed field of a list', withDefs({ Reason: { type: 'object', properties: {}, required: [] } }), /^reasons\[\]\.sentence: removed or renamed$/],
  [
    'a narrower field of a list',
    withDefs({ Reason: { type: 'object', properties: { sentence: { type: 'string', maxLength: 100 } }, required: ['sentence'] } }),
    /^reasons\[\]\.sentence: maxLength narrowed/,
  ],
  ['another topic', { ...BASE, 'x-topic': 'other.v1' }, /^topic changed from test\.v1 to other\.v1$/],
  ['another key', { ...BASE, 'x-key': 'loanId' }, /^key changed/],
])('%s breaks', (_, after, expected) => {
  expect(breakingChanges(BASE, after)[0]).toMatch(expected);
});

test('a renamed field is told as what it is for consumers: one gone, one new', () => {
  const { score, ...others } = BASE.properties;
  const after = { ...BASE, properties: { ...others, points: score! }, required: BASE.required!.map((name) => (name === 'score' ? 'points' : name)) };
  expect(breakingChanges(BASE, after)).toEqual(['score: removed or renamed', 'points: new and required; events written before lack it']);
});

describe('a wider enum is judged by who reads the event', () => {
  const open = { type: 'string', 'x-open': true, enum: ['R1', 'R2'] };
  const wider = { type: 'string', enum: ['R1', 'R2', 'R3'] };

  test('a field that was released as open is widened freely, and stays open', () => {
    expect(breakingChanges(withField('grade', open), withField('grade', { ...wider, 'x-open': true }), ['scoring'])).toEqual([]);
    expect(breakingChanges(withField('grade', open), withField('grade', { type: 'string', enum: open.enum }), ['scoring'])).toEqual([
      'grade: no longer open; events written before may have other values',
    ]);
  });

  test('a field that is read strictly is refused, with the names of its readers, though it becomes open in the same release', () => {
    const [change, ...more] = breakingChanges(BASE, withField('grade', { ...wider, 'x-open': true }), ['gateway', 'loan-application']);
    expect([change, more]).toEqual([expect.stringMatching(/^grade: now also takes R3, which gateway, loan-application of before refuses/), []]);
  });

  test('an event that nobody reads is widened freely; a value that is gone breaks it all the same', () => {
    expect(breakingChanges(BASE, withField('grade', wider), [])).toEqual([]);
    expect(breakingChanges(BASE, withField('grade', { type: 'string', enum: ['R1'] }), [])).toEqual(['grade: no longer takes R2']);
  });

  test('opening a field breaks nothing', () => {
    expect(breakingChanges(BASE, withField('grade', open), ['scoring'])).toEqual([]);
  });
});
