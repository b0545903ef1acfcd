import { readFileSync } from 'node:fs';
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine';
import { jdmOf, normalHits, TableVersions, type AnyContract, type EngineTable } from '@millrace/policy';
import { FRAUD_RULES, KNOCK_OUTS } from '../../services/kyc-antifraud/src/verification/table-contracts.js';
import { fraudRulesIn, knockOutsIn } from '../../services/kyc-antifraud/src/verification/verification-tables.js';
import { APPROVAL_MATRIX, matrixIn } from '../../services/loan-application/src/approval/approval-matrix.js';

// Goal: a change of the rule engine that reads a cell in another way is seen before it decides a loan. Method: what the engine answered when it was chosen is
// kept in decisions.json: cells as people write and miswrite them, asked on both sides of every edge, and three whole tables with the inputs around each rule.
// A difference here is never taken over as it is: an application under way is to be decided again to the same answer, so either the engine stays, or tables
// are rewritten and released anew.

/** What a table answers that cannot be evaluated. */
const UNREADABLE = 'unreadable';

interface CellDecisions {
  readonly cell: string;
  /** Values of the one field on which the cell lets its rule fire, keeps it silent, and cannot be evaluated. */
  readonly fires?: readonly unknown[];
  readonly silent?: readonly unknown[];
  readonly unreadable?: readonly unknown[];
}

interface TableDecisions extends EngineTable {
  readonly name: string;
  /** SHA-256 of the file of the table's first form, which stands with the decisions that were made by it. */
  readonly firstSha256: string;
  /** An input on which no rule fires. */
  readonly usual: Readonly<Record<string, unknown>>;
  /** What differs from the usual input, and what the rules that fire give, in order. */
  readonly cases: readonly (readonly [given: Readonly<Record<string, unknown>>, hits: unknown])[];
}

const GOLDEN = JSON.parse(readFileSync(new URL('decisions.json', import.meta.url), 'utf8')) as {
  readonly cells: readonly CellDecisions[];
  readonly tables: readonly TableDecisions[];
};
const engine = new ZenEngine();

function modelOf(table: EngineTable): ZenDecision | undefined {
  try {
    return engine.createDecision(jdmOf(table));
  } catch {
    return undefined;
  }
}

async function answer(model: ZenDecision | undefined, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    return model ? ((await model.evaluate(input)) as { result: unknown }).result : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

async function decisionsOf({ cell, fires = [], silent = [], unreadable = [] }: CellDecisions): Promise<CellDecisions> {
  const model = modelOf({ inputs: ['x'], outputs: ['hit'], rules: [{ x: cell, hit: 'true' }] });
  const values = [...fires, ...silent, ...unreadable];
  const answers = await Promise.all(values.map((x) => answer(model, { x })));
  const where = (test: (given: unknown) => boolean): unknown[] => values.filter((_, at) => test(answers[at]));
  const isHit = (given: unknown): boolean => Array.isArray(given) && given.length > 0;
  const parts = { fires: where(isHit), silent: where((given) => given !== UNREADABLE && !isHit(given)), unreadable: where((given) => given === UNREADABLE) };
  return { cell, ...Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0)) };
}

test('the engine reads every cell as it did when it was chosen', async () => {
  expect(GOLDEN.cells.length).toBeGreaterThan(500);
  const now = await Promise.all(GOLDEN.cells.map(decisionsOf));
  const sorted = (cells: readonly CellDecisions[]): object[] =>
    cells.map(({ cell, ...answers }) => ({ cell, ...Object.fromEntries(Object.entries(answers).map(([name, values]) => [name, values.map(String).sort()])) }));
  expect(sorted(now)).toEqual(sorted(GOLDEN.cells));
});

test.each(GOLDEN.tables)('the engine decides table $name as it did when it was chosen', async (table) => {
  const model = modelOf(table);
  const now = await Promise.all(table.cases.map(async ([given]) => [given, await answer(model, { ...table.usual, ...given })]));
  expect(now).toEqual(table.cases);
  // Every rule fires in some case: a golden table on which nothing happens would hold for every engine.
  const given = new Set(table.cases.flatMap(([, hits]) => (hits as { code: string }[]).map(({ code }) => code)));
  expect(table.rules.map(({ code }) => JSON.parse(code!) as string).filter((code) => !given.has(code))).toEqual([]);
  expect(table.cases.length).toBeGreaterThan(table.rules.length);
});

/** Every version of the tables that services decide by, by their names in decisions.json. */
const VERSIONS: Readonly<Record<string, readonly [versions: TableVersions<never, object>, contract: AnyContract]>> = {
  'knock-outs': [new TableVersions(knockOutsIn(), KNOCK_OUTS) as TableVersions<never, object>, KNOCK_OUTS as unknown as AnyContract],
  'fraud-rules': [new TableVersions(fraudRulesIn(), FRAUD_RULES) as TableVersions<never, object>, FRAUD_RULES as unknown as AnyContract],
  'approval-matrix': [new TableVersions(matrixIn(), APPROVAL_MATRIX) as TableVersions<never, object>, APPROVAL_MATRIX as unknown as AnyContract],
};

test.each(GOLDEN.tables)(
  'R-IT-04: the version of $name that stands for its first form, under whose hash $firstSha256 decisions are stored, decides as that did',
  async ({ name, firstSha256, usual, cases }) => {
    const [versions, contract] = VERSIONS[name]!;
    const table = versions.of(firstSha256);
    // The first form of the matrix had sentences that nobody read.
    const known = (hits: unknown): string[] =>
      normalHits((hits as Record<string, unknown>[]).map((hit) => Object.fromEntries(Object.entries(hit).filter(([field]) => field in contract.outputs))));
    const now = await Promise.all(cases.map(async ([given]) => [given, known(await table.evaluate({ ...usual, ...given } as never))]));
    expect(now).toEqual(cases.map(([given, hits]) => [given, known(hits)]));
  },
);
