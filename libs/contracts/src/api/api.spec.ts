import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AnswerOf, bps, choice, describeAnswer, describeRoute, Exactly, money, object, ParametersOf, ReplyOf, requestClassOf, ROUTES, text } from './api.js';
import type { Description } from './field.js';

const INNER = describeAnswer('Inner', 'callers', 'Inside.', { amountMinor: money('How much.') });
const THING = describeAnswer('Thing', 'callers', 'A thing.', {
  name: text(9, 'Name.', 'x'),
  rateBps: bps('Rate.').nullable(),
  note: text(9, 'Note.', 'x').optional(),
  state: choice({ on: 'It runs.', off: 'It does not.' }, 'State.'),
  many: object(INNER, 'Many.').list(2),
});

/** Every description that a route reaches. */
function reached(): Set<Description> {
  const found = new Set<Description>();
  const add = (description: Description): void => {
    if (found.has(description)) return;
    found.add(description);
    for (const { spec } of Object.values(description.fields)) if (spec.object) add(spec.object);
  };
  for (const { answers, body } of ROUTES) [...Object.values(answers).map((answer) => answer.body), ...(body ? [body] : [])].forEach(add);
  return found;
}

describe('what is half described does not compile', () => {
  const whole: AnswerOf<typeof THING> = { name: 'x', rateBps: null, state: 'on', many: [{ amountMinor: '1' }] };
  const { state: _, ...withoutState } = whole;

  test('a field that is described and not answered, and one that is answered and not described', () => {
    // @ts-expect-error -- `state` is described
    const missing: AnswerOf<typeof THING> = withoutState;
    // @ts-expect-error -- `colour` is not described
    const extra: AnswerOf<typeof THING> = { ...whole, colour: 'red' };
    // @ts-expect-error -- `on` and `off` are the values
    const other: AnswerOf<typeof THING> = { ...whole, state: 'broken' };
    const stored = { ...whole, tenantId: 't1' };
    // @ts-expect-error -- a stored row with a column that nobody described
    const passedOn: Exactly<typeof stored, typeof THING> = stored;
    const deep = { ...whole, many: [{ amountMinor: '1', tenantId: 't1' }] };
    // @ts-expect-error -- an item of a list with a field that nobody described
    const passedOnDeep: Exactly<typeof deep, typeof THING> = deep;
    expect([missing, extra, other, passedOn, passedOnDeep]).toHaveLength(5);
  });

  test('a field without a meaning, without an example, without the meaning of its values, and an object without its audience', () => {
    // @ts-expect-error -- the example is missing
    text(9, 'Name.');
    // @ts-expect-error -- the meaning is missing
    money();
    // @ts-expect-error -- the values need a meaning each
    choice(['on', 'off'], 'State.');
    // @ts-expect-error -- the audience is missing
    describeAnswer('Thing', 'A thing.', {});
    // @ts-expect-error -- there is no such audience
    text(9, 'Name.', 'x').shownTo('partners');
    expect(true).toBe(true);
  });

  test('a call without an id of its path, with an unknown parameter, or of a reply that is read wrongly', () => {
    const SHOW = describeRoute({
      name: 'show',
      method: 'GET',
      path: '/v1/things/:thingId/parts/:partId',
      tag: 'Loans',
      summary: 'x',
      query: { limit: text(3, 'L.', '1') },
      answers: { 200: { meaning: 'x', body: THING } },
    });
    const call: ParametersOf<typeof SHOW> = { thingId: '1', partId: '2', limit: 5 };
    // @ts-expect-error -- partId is missing
    const short: ParametersOf<typeof SHOW> = { thingId: '1' };
    // @ts-expect-error -- a name that the reply does not have
    const read = (reply: ReplyOf<typeof SHOW>): unknown => reply.colour;
    expect([SHOW.path, call, short, read]).toHaveLength(4);
  });
});

test('every description has its own name, and every field of every one a sentence, an example of its own form, and values with a sentence each', () => {
  const descriptions = [...reached()];
  expect(new Set(descriptions.map(({ name }) => name)).size).toBe(descriptions.length);
  const isSentence = (words: string): boolean => /^[A-Z0-9`“].*[.?]$/s.test(words);
  const faults = descriptions.flatMap(({ name, meaning, fields }) => [
    ...(isSentence(meaning) ? [] : [`${name}: no sentence`]),
    ...Object.entries(fields).flatMap(([field, { spec }]) => [
      ...(isSentence(spec.meaning) ? [] : [`${name}.${field}: no sentence`]),
      ...(spec.object || spec.example !== undefined ? [] : [`${name}.${field}: no example`]),
      ...Object.entries(spec.choices ?? {}).flatMap(([value, words]) => (isSentence(words) ? [] : [`${name}.${field}: ${value} has no sentence`])),
    ]),
  ]);
  expect(faults).toEqual([]);
});

test('every route has a name of its own, and ids that its owner knows', () => {
  expect(new Set(ROUTES.map(({ name }) => name)).size).toBe(ROUTES.length);
  expect(new Set(ROUTES.map(({ method, path }) => `${method} ${path}`)).size).toBe(ROUTES.length);
  for (const { path, owner } of ROUTES) for (const [id] of owner?.path.matchAll(/:\w+/g) ?? []) expect(path).toContain(id);
});

test('a request is checked by its description, and every wrong field is named', () => {
  const troubles = (body: object): string[] =>
    validateSync(plainToInstance(requestClassOf(THING.fields), body), { whitelist: true, forbidNonWhitelisted: true }).map(({ property }) => property);
  expect(troubles({ name: 'x', rateBps: 5, state: 'on', many: [] })).toEqual([]);
  expect(troubles({ name: '', rateBps: 10_001, state: 'broken', many: [{ amountMinor: 1 }], colour: 'red' }).sort()).toEqual(
    ['colour', 'many', 'name', 'rateBps', 'state'].sort(),
  );
  expect(troubles({ state: 'on' }).sort()).toEqual(['many', 'name']);
});
