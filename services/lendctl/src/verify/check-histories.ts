import { firstBrokenRow, historySelect, type HistoryEntry, type Seal, type SubjectTable } from '@millrace/process';
import type { LendingService } from '@millrace/service';
import type { Finding, Invariant, VerifyContext } from './invariant.js';

const PAGE = 500;

/** A row of a chain beside its subject; all of the row is null where the subject has none. */
type SealedRow = HistoryEntry & Seal & { readonly subject: string; readonly status: string; readonly head: string } & Record<string, unknown>;

/** One statement, so that the head and the rows are of one moment; a subject without any row gives one of nulls. */
const pageOf = (chain: SubjectTable): string => `
with page as (
  select ${chain.idColumn} as subject, status, history_head from ${chain.table} where ${chain.idColumn} > $1 order by ${chain.idColumn} limit $2
)
select p.subject, p.status as "status", p.history_head as head, ${historySelect(chain, 'h')}
from page p left join ${chain.table}_history h on h.${chain.idColumn} = p.subject order by p.subject, h.seq`;

/** The chain of every history is whole, and ends in the status that its subject has (R-OP-06). */
export const HISTORY_INVARIANT: Invariant = {
  name: 'history-chain',
  rule: 'The history of every application, drawdown and loan is an unbroken chain of hashes that ends in its status.',
  check: async (context: VerifyContext) => (await Promise.all(context.installation.services.map((service) => checkService(context, service)))).flat(),
};

async function checkService(context: VerifyContext, service: LendingService): Promise<Finding[]> {
  const { histories } = await context.installation.definition(service);
  return (await Promise.all(histories.map((chain) => checkChain(context, service, chain)))).flat();
}

async function checkChain({ installation }: VerifyContext, service: LendingService, chain: SubjectTable): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const rows of installation.pages<SealedRow>(service, pageOf(chain), ({ subject }) => subject, [PAGE]))
    for (const [subject, own] of Map.groupBy(rows, (row) => row.subject)) {
      const what = chainFault(own);
      if (what) findings.push({ service, subject, what });
    }
  return findings;
}

function chainFault(joined: readonly SealedRow[]): string | undefined {
  const { status, head } = joined[0]!;
  const rows = joined.filter(({ seq }) => seq !== null).map(({ subject: _, status: _status, head: _head, ...row }) => row as unknown as HistoryEntry & Seal);
  const broken = firstBrokenRow(rows, head);
  if (broken !== undefined) return broken > rows.length ? `has lost its history after row ${rows.length}` : `has a history whose seal breaks at row ${broken}`;
  const last = rows.at(-1)?.statusTo;
  return last === status ? undefined : `is ${status}, and its history ends in ${last}`;
}
