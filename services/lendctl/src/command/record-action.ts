import type { LendingService } from '@millrace/service';
import { newId } from '@millrace/contracts';
import type { Installation } from '../installation/installation.js';
import { asJson } from './operator-command.js';
import { lineOf } from '../trouble/operator-error.js';

/** What a person is about to do to a service. */
export interface OperatorAction {
  /** Command and subcommand as they are typed, e.g. `clients revoke`. */
  readonly command: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly by: string;
}

/**
 * Writes who does what into the service's audit trail before it is done, and what came of it afterwards, trouble too; a row without an end was
 * broken off.
 */
export async function recordAction<T>(installation: Installation, service: LendingService, action: OperatorAction, work: () => Promise<T>): Promise<T> {
  const actionId = newId();
  await installation.rows(service, 'insert into operator_action (action_id, command, parameters, performed_by) values ($1, $2, $3, $4)', [
    actionId,
    action.command,
    asJson(action.parameters),
    action.by,
  ]);
  const end = (outcome: unknown): Promise<unknown> =>
    installation.rows(service, 'update operator_action set finished_at = clock_timestamp(), outcome = $2 where action_id = $1', [actionId, asJson(outcome)]);
  let outcome: T;
  try {
    outcome = await work();
  } catch (error) {
    // Where even this cannot be written, the operator must see the first reason.
    await end({ error: lineOf(error) }).catch(() => undefined);
    throw error;
  }
  await end(outcome);
  return outcome;
}
