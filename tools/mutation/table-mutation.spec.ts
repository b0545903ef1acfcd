import { readFileSync } from 'node:fs';
import { checkTableTexts, DecisionTable, edgeValues, examplesOf, normalHits, readTable, type AnyContract, type TableExamples } from '@millrace/policy';
import { FRAUD_RULES, KNOCK_OUTS } from '../../services/kyc-antifraud/src/verification/table-contracts.js';
import { APPROVAL_MATRIX } from '../../services/loan-application/src/approval/approval-matrix.js';
import { tableMutants, type Mutant } from './mutate-table.js';

// Goal (T42): no edit of a table passes in silence. Method: every mutant is refused by the start's checks, or decides an example otherwise (which the start
// refuses too), or is shown to change nothing on both sides of every edge that the old and the new cells have.
const SERVICES = new URL('../../services/', import.meta.url);

/** The inputs at which a changed row could decide otherwise: every mix of its signals' values beside the edges of old and new conditions. */
function edgeInputs(mutant: Mutant, text: string, contract: AnyContract, { usual, examples }: TableExamples): Record<string, unknown>[] {
  const every = [usual, ...examples.map(({ given }) => ({ ...usual, ...given }))];
  if (mutant.row === undefined) return every;
  const rows = [text, mutant.text].map((one) => readTable(one, contract).rows[mutant.row!]!);
  const fields = [...new Set(rows.flatMap(({ when }) => Object.keys(when)))];
  return fields.reduce<Record<string, unknown>[]>(
    (inputs, field) => {
      const cells = rows.flatMap(({ when }) => (field in when ? [String(when[field])] : []));
      return inputs.flatMap((input) => edgeValues(contract.inputs[field]!, cells).map((value) => ({ ...input, [field]: value })));
    },
    every.slice(0, 1),
  );
}

async function changesNothing(mutant: Mutant, text: string, contract: AnyContract, examples: TableExamples): Promise<boolean> {
  const [before, after] = [new DecisionTable(text, contract), new DecisionTable(mutant.text, contract)] as const;
  for (const input of edgeInputs(mutant, text, contract, examples)) {
    const [old, now] = await Promise.all([before, after].map(async (table) => normalHits((await table.evaluate(input)) as Record<string, unknown>[]).join()));
    if (old !== now) return false;
  }
  return true;
}

test.each([
  ['kyc-antifraud/tables/fraud-rules.json', FRAUD_RULES as unknown as AnyContract],
  ['kyc-antifraud/tables/knock-outs.json', KNOCK_OUTS as unknown as AnyContract],
  ['loan-application/tables/approval-matrix.json', APPROVAL_MATRIX as unknown as AnyContract],
])(
  'T42: every mutant of %s is refused, is noticed by an example, or changes nothing',
  async (path, contract) => {
    const file = new URL(path, SERVICES);
    const [text, examplesText] = [file, examplesOf(file)].map((one) => readFileSync(one, 'utf8')) as [string, string];
    const shares = { refused: 0, noticed: 0, equal: 0 };
    const silent: string[] = [];
    for (const mutant of tableMutants(text, contract)) {
      const problems = await checkTableTexts(mutant.text, examplesText, contract);
      if (problems.length > 0) shares[problems[0]!.startsWith('on {') ? 'noticed' : 'refused'] += 1;
      else if (await changesNothing(mutant, text, contract, JSON.parse(examplesText) as TableExamples)) shares.equal += 1;
      else silent.push(mutant.what);
    }
    const total = shares.refused + shares.noticed + shares.equal + silent.length;
    process.stdout.write(
      `${path}: ${total} mutants: ${shares.refused} refused, ${shares.noticed} noticed by an example, ${shares.equal} change nothing, ${silent.length} silent\n`,
    );
    expect(silent).toEqual([]);
    expect(Math.min(shares.refused, shares.noticed)).toBeGreaterThan(total / 10);
  },
  300_000,
);
