import type { Actor } from '@millrace/messaging';
import { firstBrokenRow, type HistoryRow } from '@millrace/loan-application/history-chain';
import { NIL as BEFORE_ALL } from 'uuid';
import type { Finding, Invariant, VerifyContext } from './invariant.js';

const PAGE = 500;

interface SealedRow extends Omit<HistoryRow, 'actor'>, Record<string, unknown> {
  readonly status: string;
  readonly head: string;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly prevSha256: string;
  readonly rowSha256: string;
}

/** A row of the chain as it is stored. */
type StoredRow = Omit<HistoryRow, 'actor'> & { readonly prevSha256: string; readonly rowSha256: string };

/** One statement, so that the head and the rows are of one moment; an application without any row gives one of nulls. */
const PAGE_OF_ROWS = `
with page as (
  select application_id, status, history_head from application where application_id > $1 order by application_id limit $2
)
select p.application_id as "applicationId", p.status, p.history_head as head, h.seq, h.trigger, h.effect, h.status_from as "statusFrom", h.status_to as "statusTo",
  h.actor_kind as "actorKind", h.actor_id as "actorId", h.reason, h.evidence, h.causation_id as "causationId", h.at, h.prev_sha256 as "prevSha256",
  h.row_sha256 as "rowSha256"
from page p left join application_history h on h.application_id = p.application_id order by p.application_id, h.seq`;

/** The chain of every application's history is whole, and ends in the status that the application has (R-OP-06). */
export const HISTORY_INVARIANT: Invariant = {
  name: 'history-chain',
  rule: 'The history of every application is an unbroken chain of hashes that ends in its status.',
  check: async ({ installation }: VerifyContext) => {
    const findings: Finding[] = [];
    for (let after: string = BEFORE_ALL; ;) {
      const rows = await installation.rows<SealedRow>('loan-application', PAGE_OF_ROWS, [after, PAGE]);
      if (rows.length === 0) return findings;
      for (const [applicationId, own] of Map.groupBy(rows, (row) => row.applicationId)) {
        const what = chainFault(own);
        if (what) findings.push({ service: 'loan-application', subject: applicationId, what });
      }
      after = rows.at(-1)!.applicationId;
    }
  },
};

function chainFault(joined: readonly SealedRow[]): string | undefined {
  const { status, head } = joined[0]!;
  const rows = joined
    .filter(({ seq }) => seq !== null)
    .map(({ actorKind, actorId, status: _status, head: _head, ...row }) => ({ ...(row as unknown as StoredRow), actor: { kind: actorKind, id: actorId } }));
  const broken = firstBrokenRow(rows, head);
  if (broken !== undefined) return broken > rows.length ? `has lost its history after row ${rows.length}` : `has a history whose seal breaks at row ${broken}`;
  const last = rows.at(-1)?.statusTo;
  return last === status ? undefined : `is ${status}, and its history ends in ${last}`;
}
