import type { TaskKind } from '@millrace/tasks';
import { sayAbout, taskAbout, until } from '@millrace/testing';
import type { RunningMonitoring } from './running-monitoring.js';

/** Hash of a document, for tests. */
export const DOCUMENT = 'ab'.repeat(32);

/** Two persons decide about a change; answers once the service has done it. */
export async function decideChange({ test }: RunningMonitoring, kind: TaskKind, changeId: string, decision: 'apply' | 'refuse'): Promise<void> {
  const { taskId } = (await taskAbout(test, kind, { changeId }))!;
  const reason = decision === 'apply' ? 'EVIDENCE_SEEN' : 'EVIDENCE_LACKING';
  await sayAbout(test, kind, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(test, kind, { changeId })), 'the decision to be applied');
}

export interface StoredRow {
  readonly dueOn: string;
  readonly principalMinor: string;
  readonly interestMinor: string;
}

/** The schedule of a loan as a version has kept it, the first being 1. */
export async function scheduleBefore({ test }: RunningMonitoring, loanId: string, version: number): Promise<StoredRow[]> {
  const sql = `select due_on::text as "dueOn", principal_minor as "principalMinor", interest_minor as "interestMinor" from instalment_before
    where loan_id = $1 and version = $2 order by number`;
  return (await test.pool.query<StoredRow>(sql, [loanId, version])).rows;
}
