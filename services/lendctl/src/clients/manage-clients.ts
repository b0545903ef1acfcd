import { ClientChangeError, ManagedClients } from '@millrace/gateway/managed-clients';
import { OperatorError } from '../command/operator-error.js';
import { recordAction, type OperatorAction } from '../command/record-action.js';
import type { Installation } from '../installation/installation.js';

/** The gateway's clients, with the gateway's own rights. */
export function managedClientsOf(installation: Installation): ManagedClients {
  return new ManagedClients(
    <R extends object>(sql: string, values?: readonly unknown[]) => installation.rows<R & Record<string, unknown>>('gateway', sql, values),
    () => installation.clock.now(),
  );
}

/** Changes a client and says in the gateway's audit trail who did it; a secret is never part of what is written there. */
export async function changeClients<T>(installation: Installation, action: OperatorAction, change: (clients: ManagedClients) => Promise<T>): Promise<T> {
  let answer: T;
  await recordAction(installation, 'gateway', action, async () => {
    try {
      answer = await change(managedClientsOf(installation));
      return { done: true };
    } catch (error) {
      throw error instanceof ClientChangeError ? new OperatorError(error.message, { cause: error }) : error;
    }
  });
  return answer!;
}
