import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { policyInForce } from '@millrace/policy';
import { readCase } from '@millrace/post-loan-monitoring/case-file';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

// Goal: the schemas of docs/loan-cases say what the program takes and answers. Method: every worked case, and every case with one value wrong, left out or
// added, is judged by the schema and by the validators, who have to agree; results are held against their schema likewise.
const CASES = new URL('../../../../docs/loan-cases/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, CASES), 'utf8'));
const files = readdirSync(fileURLToPath(CASES));
const cases = files.filter((file) => file.endsWith('.json') && !/\.(?:result|schema)\.json$/.test(file));
const results = files.filter((file) => file.endsWith('.result.json'));

const ajv = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
const compiled = (file: string): ValidateFunction => ajv.compile(read(file) as object);
const [takesCase, takesResult] = [compiled('case.schema.json'), compiled('result.schema.json')];

function isRead(content: unknown): boolean {
  try {
    readCase(content, policyInForce('online_microloan', '2026-03-02'));
    return true;
  } catch {
    return false;
  }
}

/** A case that has every field, so that each has its turn. */
const FULL = {
  terms: {
    principalMinor: '30000000',
    annualRatePercent: '7.2',
    method: 'equal_instalment',
    instalments: 2,
    disbursedOn: '2026-03-02',
    dayCount: 'ACT/360',
    periodMonths: 1,
    instalmentMultipleMinor: '100',
    dueDates: ['2026-04-02', '2026-05-02'],
    firstDueOn: '2026-04-02',
    missingDay: 'last_day_of_month',
  },
  contract: {
    prepaymentInterest: 'to_the_day',
    prepaymentEffect: 'shorter_term',
    penaltyUpliftBps: 4000,
    misuseUpliftBps: 8000,
    graceDays: 3,
    compound: true,
    prepaymentFeeBps: 50,
    holidayCalendar: 'CN',
    security: 'pledged',
  },
  movements: [
    { id: 'a', kind: 'repayment', valueOn: '2026-04-02', amountMinor: '1000' },
    { id: 'b', kind: 'prepayment', valueOn: '2026-04-02', amountMinor: '1000', effect: 'lower_instalment' },
    { id: 'c', kind: 'drawing', valueOn: '2026-04-02', amountMinor: '1000' },
    { id: 'd', kind: 'rate_change', valueOn: '2026-04-02', ratePercent: '6.5' },
    { id: 'e', kind: 'extension', valueOn: '2026-04-03', dueDates: ['2026-06-02'] },
    { id: 'f', kind: 'reversal', of: 'a', valueOn: '2026-04-02' },
    { id: 'g', kind: 'payoff', valueOn: '2026-04-05' },
    { id: 'h', kind: 'payoff', valueOn: '2026-04-05', amountMinor: '5' },
  ],
  facts: [
    { kind: 'misuse', from: '2026-03-05', to: '2026-03-25', amountMinor: '12000000' },
    { kind: 'restructure', from: '2026-03-05' },
  ],
  asOf: ['2026-04-02'],
};

const WRONG: readonly unknown[] = [
  null,
  0,
  1,
  -1,
  1.5,
  601,
  10_001,
  true,
  '',
  'x',
  '0',
  '01',
  '7.2',
  '2026-04-02',
  '2026-4-2',
  'M0',
  [],
  ['2026-04-02'],
  {},
  [{}],
];
type Json = Record<string, unknown>;

/** The document with one place changed: each value replaced, each field left out, and a field added to each object. */
function* mutantsOf(document: unknown, path = ''): Generator<readonly [path: string, mutant: unknown]> {
  for (const wrong of WRONG) yield [`${path} = ${JSON.stringify(wrong)}`, wrong];
  if (Array.isArray(document)) {
    for (const [at, item] of document.entries()) for (const [where, mutant] of mutantsOf(item, `${path}.${at}`)) yield [where, document.with(at, mutant)];
  } else if (typeof document === 'object' && document !== null) {
    yield [`${path} with a field`, { ...document, surplus: 1 }];
    for (const [key, field] of Object.entries(document)) {
      const { [key]: _left, ...rest } = document as Json;
      yield [`${path} without ${key}`, rest];
      for (const [where, mutant] of mutantsOf(field, `${path}.${key}`)) yield [where, { ...document, [key]: mutant }];
    }
  }
}

/** What no schema can say: ids that are the same or not there, and a fact that ends before it begins. */
const OF_THE_WHOLE =
  /^\.movements\.\d+(\.(id|of|kind) = | without kind)|^\.movements\.\d+ = |^\.movements = |^\.movements\.0 without|^\.facts\.\d+\.(from|to) = /;

test('every worked case is one by the schema and by the validators', () => {
  expect(cases.length).toBeGreaterThanOrEqual(13);
  for (const file of cases) expect([file, takesCase(read(file)), isRead(read(file))]).toEqual([file, true, true]);
  expect([takesCase(FULL), isRead(FULL)]).toEqual([true, true]);
});

test('T31: schema and validators agree about a case in which one value is wrong, left out or added', () => {
  const counts = { taken: 0, refused: 0 };
  const disagree: string[] = [];
  for (const [where, mutant] of mutantsOf(FULL)) {
    const [bySchema, byValidators] = [takesCase(mutant), isRead(mutant)];
    // What the validators refuse for the sake of the whole, the schema may take.
    if (bySchema === byValidators || (bySchema && OF_THE_WHOLE.test(where))) counts[byValidators ? 'taken' : 'refused'] += 1;
    else disagree.push(`${where}: schema ${bySchema}, validators ${byValidators}`);
  }
  expect(disagree).toEqual([]);
  expect(counts.taken).toBeGreaterThan(100);
  expect(counts.refused).toBeGreaterThan(1_000);
});

test('every result is one by its schema, and a wrong one is not', () => {
  expect(results.map((file) => file.replace('.result', ''))).toEqual(cases);
  for (const file of results) expect([file, takesResult(read(file)), takesResult.errors]).toEqual([file, true, null]);
  const { rows, standings, entries } = read('overdue.result.json') as { rows: Json[]; standings: Json[]; entries: { lines: Json[] }[] };
  const wrong: readonly unknown[] = [
    { rows, standings },
    { rows: [{ ...rows[0], due: '2026-04-02' }], standings, entries },
    { rows, standings: [{ ...standings[0], principalMinor: 25_148_351 }], entries },
    { rows, standings: [{ ...standings[0], class: 'BAD' }], entries },
    { rows, standings: [{ ...standings[0], class: undefined }], entries },
    { rows, standings: [{ ...standings[0], penaltyMinor: '-1' }], entries },
    { rows, standings, entries: [{ ...entries[0], lines: [entries[0]!.lines[0]] }] },
    { rows, standings, entries: [{ ...entries[0], lines: entries[0]!.lines.map((line) => ({ ...line, debitMinor: '1', creditMinor: '1' })) }] },
  ];
  for (const result of wrong) expect(takesResult(JSON.parse(JSON.stringify(result)))).toBe(false);
});
