import { defineCapability } from '@millrace/service';
import { ClientEpochs } from './client-epochs.js';
import { StoredClient } from './client.entity.js';
import { Clients } from './clients.js';

/** How soon a revoked client is refused. */
const REFRESH_MS = 1_000;

/** Who may call: clients of partners and staff, from settings and from the database. */
export const client = defineCapability({
  name: 'client',
  face: ['client-epochs', 'clients', 'configured-client', 'managed-clients'],
  providers: [Clients],
  entities: [StoredClient],
  tickers: [{ intervalMs: REFRESH_MS, ticker: ClientEpochs }],
});
