import type { DecisionTable } from './decision-table.js';
import { fits, saidType, type AnyContract } from './table-contract.js';

/** One case that the table must decide as it says. */
export interface TableExample {
  /** Inputs that differ from the usual ones. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What the rules that fire give, in any order; empty outputs are left out. */
  readonly hits: readonly Readonly<Record<string, unknown>>[];
}

/** Cases beside a table, in `<table>.examples.json`: they say what the table is meant to do, so that a rule edited wrongly cannot stay silent. */
export interface TableExamples {
  /** A whole input on which no rule fires. */
  readonly usual: Readonly<Record<string, unknown>>;
  readonly examples: readonly TableExample[];
}

/** What is wrong with the cases themselves, a line each. */
export function checkExamplesShape(examples: TableExamples, contract: AnyContract): string[] {
  const given: readonly TableExample[] = Array.isArray(examples.examples) ? (examples.examples as readonly TableExample[]) : [];
  const missing = Object.keys(contract.inputs).filter((field) => !(field in (examples.usual ?? {})));
  const problems = missing.map((field) => `the usual input has no ${field}; add it with a value on which no rule fires`);
  if (given.length === 0) problems.push('it has no examples');
  for (const values of [examples.usual ?? {}, ...given.map((example) => example.given ?? {})]) {
    for (const [field, value] of Object.entries(values)) {
      const type = contract.inputs[field];
      if (!type) problems.push(`${field} is no input of the table`);
      else if (value !== null && !fits(value, type)) problems.push(`${field} ${JSON.stringify(value)} must be ${saidType(type)}, or null`);
    }
  }
  return problems;
}

/** Hits without empty outputs, as texts in an order of their own: rules that fire together are a set. */
export function normalHits(hits: readonly Readonly<Record<string, unknown>>[]): string[] {
  const text = (hit: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(
      Object.entries(hit)
        .filter(([, value]) => value !== null && value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return hits.map(text).sort();
}

const said = (hits: readonly string[]): string =>
  hits.length === 0 ? 'nothing' : hits.map((hit) => (JSON.parse(hit) as [string, unknown][]).map(([, value]) => value).join(' ')).join(' and ');

/** Cases that the table decides in another way than they say, a line each. */
export async function runExamples(table: DecisionTable<Record<string, unknown>, Record<string, unknown>>, examples: TableExamples): Promise<string[]> {
  const all = [{ given: {}, hits: [] }, ...examples.examples];
  const problems = await Promise.all(
    all.map(async ({ given, hits }) => {
      const wanted = normalHits(hits);
      try {
        const got = normalHits(await table.evaluate({ ...examples.usual, ...given }));
        return got.join() === wanted.join() ? undefined : `on ${JSON.stringify(given)} the rules give ${said(got)}, and the example says ${said(wanted)}`;
      } catch (error) {
        return `on ${JSON.stringify(given)}: ${(error as Error).message.split('\n')[0]}`;
      }
    }),
  );
  return problems.filter((problem) => problem !== undefined);
}
