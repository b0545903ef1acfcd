import { ClientChangeError, ManagedClients, StoredClient } from '@millrace/gateway/managed-clients';
import { OperatorError } from '../trouble/operator-error.js';
import { recordAction, type OperatorAction } from '../command/record-action.js';
import type { Installation } from '../installation/installation.js';

/** Does something with the gateway's clients, with the gateway's own rights. */
export async function withClients<T>(installation: Installation, work: (clients: ManagedClients) => Promise<T>): Promise<T> {
  return installation.withEntities('gateway', [StoredClient], (source) =>
    work(new ManagedClients(source.getRepository(StoredClient), () => installation.clock.now())),
  );
}

/** Changes a client and says in the gateway's audit trail who did it; a secret is never part of what is written there. */
export async function changeClients<T>(installation: Installation, action: OperatorAction, change: (clients: ManagedClients) => Promise<T>): Promise<T> {
  let answer: T;
  await recordAction(installation, 'gateway', action, async () => {
    try {
      answer = await withClients(installation, change);
      return { done: true };
    } catch (error) {
      throw error instanceof ClientChangeError ? new OperatorError(error.message, { cause: error }) : error;
    }
  });
  return answer!;
}
