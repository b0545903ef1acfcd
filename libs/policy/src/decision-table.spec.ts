import { checkTableTexts } from './check-decision-table.js';
import { DecisionTable } from './decision-table.js';
import { engineTable } from './engine-model.js';
import type { AnyContract } from './table-contract.js';
import { readTable } from './table-rows.js';

const CONTRACT: AnyContract = {
  inputs: { age: { type: 'whole', least: 0, most: 150 }, country: { type: 'words', words: ['home', 'abroad'] }, member: { type: 'boolean' } },
  outputs: {
    code: { type: 'words', words: ['UNDER_AGE', 'ABROAD'] },
    severity: { type: 'words', words: ['amber', 'red'] },
    points: { type: 'whole', least: 0, most: 1000 },
    note: { type: 'text', optional: true },
  },
};
const ROW = { code: 'UNDER_AGE', when: { age: '< 18' }, then: { severity: 'red', points: 5, note: '{age} of {country}' }, cites: ['M-AM-05'] };
const HIT = { code: 'UNDER_AGE', severity: 'red', points: 5, note: '17 of home' };
const EXAMPLES = {
  usual: { age: 40, country: 'home', member: false },
  examples: [
    { given: { age: 17 }, hits: [HIT] },
    { given: { age: 18 }, hits: [] },
  ],
};
const textOf = (rows: readonly unknown[]): string => JSON.stringify({ rows });
const check = (rows: readonly unknown[], examples: object = EXAMPLES): Promise<string[]> => checkTableTexts(textOf(rows), JSON.stringify(examples), CONTRACT);

test('a table collects every row that fires, and its hash is of what it says, not of its layout', async () => {
  const table = new DecisionTable(textOf([ROW]), CONTRACT);
  await expect(table.evaluate({ age: 17, country: 'home' })).resolves.toEqual([HIT]);
  await expect(table.evaluate({ age: 18, country: 'home' })).resolves.toEqual([]);
  await expect(table.evaluate({ age: null, country: 'home' })).resolves.toEqual([]);
  expect(table.sha256).toBe(new DecisionTable(JSON.stringify({ rows: [ROW] }, undefined, 2), CONTRACT).sha256);
  expect(table.sha256).not.toBe(new DecisionTable(textOf([{ ...ROW, when: { age: '< 19' } }]), CONTRACT).sha256);
  await expect(check([ROW])).resolves.toEqual([]);
});

test('a row is a rule of the engine with a cell for each condition', () => {
  const when = { age: '[18..65)', country: ['home', 'abroad'], member: true };
  const then = { severity: 'red', points: 5, note: 'age {age / 10}, {country}{member}' };
  expect(engineTable(readTable(textOf([{ ...ROW, when, then }]), CONTRACT), CONTRACT).rules).toEqual([
    {
      age: '[18..65)',
      country: '"home", "abroad"',
      member: 'true',
      code: '"UNDER_AGE"',
      severity: '"red"',
      points: '5',
      note: '"age " + string(age / 10) + ", " + country + string(member)',
    },
  ]);
});

test.each<[string, object, RegExp]>([
  ['a comparison with a unit', { when: { age: '< 12 months' } }, /^row UNDER_AGE: when age "< 12 months": it must be a comparison such as "< 12" or a range/],
  ['an operator that is none', { when: { age: '=> 18' } }, /it must be a comparison/],
  ['two comparisons', { when: { age: '> 10 and < 20' } }, /it must be a comparison/],
  ['a number without a comparison', { when: { age: 18 } }, /it must be a comparison/],
  ['an empty range', { when: { age: '[18..10]' } }, /^row UNDER_AGE: when age \[18\.\.10\]: it can never be true/],
  ['a value outside what the signal can hold', { when: { age: '> 200' } }, /can never be true/],
  ['a condition that every value meets', { when: { age: '>= 0' } }, /every value meets it; leave it out/],
  ['a word that the signal never has', { when: { country: 'hmoe' } }, /when country "hmoe": "hmoe" is none of home, abroad/],
  ['a word twice', { when: { country: ['home', 'home'] } }, /"home" stands twice/],
  ['no word', { when: { country: [] } }, /nothing is none of home, abroad/],
  ['a truth in quotes', { when: { member: 'true' } }, /when member "true": it must be true or false/],
  ['a signal that is none', { when: { agee: '< 18' } }, /when agee "< 18": there is no such signal; there are age, country, member/],
  ['no condition at all', { when: {} }, /^row UNDER_AGE: it has no condition in when/],
  ['a column that is none', { whne: { age: '< 18' } }, /there is no column whne; there are code, when, then, note, cites/],
  ['an unknown severity', { then: { severity: 'rde', points: 5 } }, /then severity "rde": it must be one of amber, red/],
  ['points out of range', { then: { severity: 'red', points: 1001 } }, /then points 1001: it must be a whole number from 0 to 1000/],
  ['points in quotes', { then: { severity: 'red', points: '5' } }, /then points "5": it must be a whole number/],
  ['no points', { then: { severity: 'red' } }, /then has no points; it must be a whole number from 0 to 1000/],
  ['an output that is none', { then: { ...ROW.then, colour: 'red' } }, /then colour "red": a row gives no colour; it gives note, points, severity/],
  ['an unknown code', { code: 'UNDERAGE' }, /^row UNDERAGE: code "UNDERAGE": it must be one of UNDER_AGE, ABROAD/],
  ['a text of an unknown signal', { then: { ...ROW.then, note: '{agee}' } }, /agee is no signal; there are age, country, member/],
  ['a text that divides a word', { then: { ...ROW.then, note: '{country / 2}' } }, /country cannot be divided by 2/],
  ['a text with a brace alone', { then: { ...ROW.then, note: '{age' } }, /a signal stands in it as \{signal\}/],
  ['no citation', { cites: [] }, /^row UNDER_AGE: it cites no rule/],
  ['another threshold', { when: { age: '< 19' } }, /^on \{"age":18\} the rules give UNDER_AGE 18 of home 5 red, and the example says nothing/],
  ['another text', { then: { ...ROW.then, note: 'young' } }, /the rules give .*young.*the example says/],
])('T42: a table with %s does not load', async (_, change, why) => {
  const problems = await check([{ ...ROW, ...change }]);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]).toMatch(why);
  expect(problems.join()).not.toContain('\n');
});

test('a table that no one can read is no table, and one with faults tells them all before it decides anything', () => {
  const read = (text: string) => () => new DecisionTable(text, CONTRACT);
  expect(read('{')).toThrow(/^it is no JSON/);
  expect(read('{"nodes":[]}')).toThrow('it has nodes; a table has rows and nothing else');
  expect(read('{"rows":[]}')).toThrow('it has no list of rows');
  expect(read(textOf([null]))).toThrow('row 1 is none');
  expect(read(textOf([ROW, { ...ROW, when: { agee: true }, cites: [] }]))).toThrow(
    /^row UNDER_AGE is there twice\nrow UNDER_AGE: when agee .*\nrow UNDER_AGE: it cites/,
  );
});

test('T42: a row without examples on both sides of its edge does not load, nor one that was removed, nor an unknown input', async () => {
  const [fires, beside] = EXAMPLES.examples;
  expect(await check([ROW], { ...EXAMPLES, examples: [fires] })).toEqual([
    'row UNDER_AGE: no example has age 18, where it does not fire; add one to the examples',
  ]);
  expect(await check([ROW], { ...EXAMPLES, examples: [beside] })).toEqual(['row UNDER_AGE: no example has age 17, where it fires; add one to the examples']);
  const abroad = { ...ROW, code: 'ABROAD', when: { country: 'abroad' }, then: { severity: 'amber', points: 1 } };
  expect(await check([abroad], EXAMPLES)).toEqual([expect.stringContaining('on {"age":17} the rules give nothing')]);
  expect(await check([ROW], { ...EXAMPLES, usual: { age: 40, country: 'home' } })).toEqual([expect.stringContaining('has no member')]);
});
