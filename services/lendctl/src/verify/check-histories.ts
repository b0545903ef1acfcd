import type { Actor } from '@millrace/messaging';
import { firstBrokenRow, type HistoryRow } from '@millrace/loan-application/history-chain';
import type { Finding, Invariant, VerifyContext } from './invariant.js';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Head extends Record<string, unknown> {
  readonly applicationId: string;
  readonly status: string;
  readonly head: string;
}

type SealedRow = Omit<HistoryRow, 'actor'> & {
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly prevSha256: string;
  readonly rowSha256: string;
};

const HEADS = `select application_id as "applicationId", status, history_head as head from application where application_id > $1 order by application_id limit $2`;

const ROWS = `
select application_id as "applicationId", seq, trigger, effect, status_from as "statusFrom", status_to as "statusTo", actor_kind as "actorKind",
  actor_id as "actorId", reason, evidence, causation_id as "causationId", at, prev_sha256 as "prevSha256", row_sha256 as "rowSha256"
from application_history where application_id = any($1::uuid[]) order by application_id, seq`;

/** The chain of every application's history is whole, and ends in the status that the application has (R-OP-06). */
export const HISTORY_INVARIANT: Invariant = {
  name: 'history-chain',
  rule: 'The history of every application is an unbroken chain of hashes that ends in its status.',
  check: async ({ installation }: VerifyContext) => {
    const findings: Finding[] = [];
    for (let after = BEFORE_ALL; ;) {
      const heads = await installation.rows<Head>('loan-application', HEADS, [after, PAGE]);
      if (heads.length === 0) return findings;
      const rows = await installation.rows<SealedRow & Record<string, unknown>>('loan-application', ROWS, [heads.map(({ applicationId }) => applicationId)]);
      const rowsOf = Map.groupBy(rows, ({ applicationId }) => applicationId);
      for (const head of heads) {
        const what = chainFault(head, rowsOf.get(head.applicationId) ?? []);
        if (what) findings.push({ service: 'loan-application', subject: head.applicationId, what });
      }
      after = heads.at(-1)!.applicationId;
    }
  },
};

function chainFault({ status, head }: Head, sealed: readonly SealedRow[]): string | undefined {
  const rows = sealed.map(({ actorKind, actorId, ...row }) => ({ ...row, actor: { kind: actorKind, id: actorId } }));
  const broken = firstBrokenRow(rows, head);
  if (broken !== undefined) return broken > rows.length ? `has lost its history after row ${rows.length}` : `has a history whose seal breaks at row ${broken}`;
  const last = rows.at(-1)?.statusTo;
  return last === status ? undefined : `is ${status}, and its history ends in ${last}`;
}
