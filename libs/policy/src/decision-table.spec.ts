import { checkTableTexts } from './check-decision-table.js';
import { DecisionTable } from './decision-table.js';
import type { AnyContract } from './table-contract.js';

const model = {
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    {
      id: 'table',
      type: 'decisionTableNode',
      name: 'table',
      position: { x: 1, y: 0 },
      content: {
        hitPolicy: 'collect',
        inputs: ['age', 'country'].map((field) => ({ id: field, name: field, field })),
        outputs: ['code', 'severity', 'note'].map((field) => ({ id: field, name: field, field })),
        rules: [{ _id: '1', age: '< 18', code: '"UNDER_AGE"' }],
      },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
  ],
  edges: [
    { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
    { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
  ],
};

const CONTRACT: AnyContract = {
  inputs: { age: { type: 'whole', least: 0, most: 150 }, country: { type: 'words', words: ['home', 'abroad'] } },
  outputs: { code: { type: 'words', words: ['UNDER_AGE'] }, severity: { type: 'words', words: ['amber', 'red'] }, note: { type: 'text', optional: true } },
};
const RULE = { _id: 'young', age: '< 18', country: '', code: '"UNDER_AGE"', severity: '"red"', note: 'string(age)' };
const EXAMPLES = {
  usual: { age: 40, country: 'home' },
  examples: [
    { given: { age: 17 }, hits: [{ code: 'UNDER_AGE', severity: 'red', note: '17' }] },
    { given: { age: 18 }, hits: [] },
  ],
};
const modelOf = (rules: readonly object[], content: object = {}): string => {
  const nodes = model.nodes.map((node) => (node.content ? { ...node, content: { ...node.content, rules, ...content } } : node));
  return JSON.stringify({ ...model, nodes });
};
const check = (rules: readonly object[], examples: object = EXAMPLES, content: object = {}): Promise<string[]> =>
  checkTableTexts(modelOf(rules, content), JSON.stringify(examples), CONTRACT);

test('a JDM table collects every rule that fires', async () => {
  const table = new DecisionTable(Buffer.from(modelOf([RULE])), 'age.json', CONTRACT);
  await expect(table.evaluate({ age: 17, country: 'home' })).resolves.toEqual([{ code: 'UNDER_AGE', severity: 'red', note: '17' }]);
  await expect(table.evaluate({ age: 18, country: 'home' })).resolves.toEqual([]);
  expect(table.sha256).toMatch(/^[0-9a-f]{64}$/);
  await expect(check([RULE])).resolves.toEqual([]);
});

test('what a rule gives is held against what the code knows, at each evaluation', async () => {
  const table = new DecisionTable(Buffer.from(modelOf([{ ...RULE, severity: '"rde"' }])), 'age.json', CONTRACT);
  await expect(table.evaluate({ age: 17 })).rejects.toThrow('age.json: a rule gives severity "rde"; it must be one of amber, red');
});

test.each<[string, object, RegExp]>([
  ['a comparison that cannot be read', { age: '<< 12 months' }, /^rule young, age << 12 months: months is no value/],
  ['an operator that is none', { age: '=> 18' }, /^rule young, age => 18: it can never be true/],
  ['bounds that contradict each other', { age: '> 20 and < 10' }, /can never be true/],
  ['an empty range', { age: '[18..10]' }, /can never be true/],
  ['a number compared with a text', { age: '< "18"' }, /can never be true|cannot be read/],
  ['a value outside what the field can hold', { age: '> 200' }, /can never be true/],
  ['a condition that holds for every age', { age: '>= 0' }, /on {} the rules give UNDER_AGE 40 red, and the example says nothing/],
  ['a word without quotes', { country: 'home' }, /^rule young, country home: home is no value; put words into quotes/],
  ['a word that the field never has', { country: '"hmoe"' }, /"hmoe" is none of home, abroad/],
  ['a column that is none', { agee: '< 18' }, /there is no column agee/],
  ['no condition at all', { age: '' }, /no condition/],
  ['an unknown severity', { severity: '"rde"' }, /severity "rde"; it must be one of amber, red/],
  ['an unknown code', { code: '"UNDERAGE"' }, /code "UNDERAGE"/],
  ['an emptied output', { code: '' }, /gives code/],
  ['a cell that is not there', { country: undefined }, /no cell in column country/],
  ['another threshold', { age: '< 19' }, /on \{"age":18\} the rules give UNDER_AGE 18 red, and the example says nothing/],
  ['another text', { note: '"young"' }, /the rules give .*young.*the example says/],
])('T42: a table with %s does not load', async (_, change, why) => {
  const problems = await check([{ ...RULE, ...change }]);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]).toMatch(why);
  expect(problems.join()).not.toContain('\n');
});

test('T42: a rule without examples on both sides of its edge does not load, nor one that was removed, nor an unknown input', async () => {
  const [fires, beside] = EXAMPLES.examples;
  expect(await check([RULE], { ...EXAMPLES, examples: [fires] })).toEqual([
    'rule young: no example has age 18, where it does not fire; add one to the examples',
  ]);
  expect(await check([RULE], { ...EXAMPLES, examples: [beside] })).toEqual(['rule young: no example has age 17, where it fires; add one to the examples']);
  expect(await check([], EXAMPLES)).toEqual([expect.stringContaining('on {"age":17} the rules give nothing')]);
  expect(await check([RULE], EXAMPLES, { inputs: [{ id: 'age', name: 'age', field: 'aeg' }] })).toContain('input aeg is none; there are age, country');
  expect(await check([RULE, RULE])).toEqual(['rule young is there twice']);
  expect(await check([RULE], EXAMPLES, { hitPolicy: 'first' })).toEqual([expect.stringContaining('hit policy is first')]);
  expect(await check([RULE], { ...EXAMPLES, usual: { age: 40 } })).toEqual([expect.stringContaining('has no country')]);
});
