import type { ManagedClient } from '@millrace/gateway/managed-clients';
import { table } from '../command/print-table.js';

function stateOf({ revokedAt, previousSecretUntil }: ManagedClient): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  return previousSecretUntil ? `old secret until ${previousSecretUntil.toISOString()}` : 'active';
}

/** Clients as an operator reads them. */
export function clientsAsTable(clients: readonly ManagedClient[]): string {
  if (clients.length === 0) return 'No clients yet; lendctl clients add.';
  const rows = clients.map((client) => [client.clientId, client.kind, client.tenantId, client.partnerId ?? client.roles.join(', '), stateOf(client)]);
  return table(['client', 'kind', 'tenant', 'partner or roles', 'state'], rows);
}
