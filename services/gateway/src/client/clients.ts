import type { Principal } from '@millrace/service';
import { Database } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { GatewayConfig } from '../config.js';
import { readConfiguredClients, type ConfiguredClient } from './configured-client.js';
import { hashSecret, verifySecret } from './secret-hash.js';

/** A client that may ask for tokens. */
export interface Client {
  readonly clientId: string;
  readonly kind: Exclude<Principal['kind'], 'system'>;
  readonly tenantId: string;
  readonly partnerId: string | null;
  readonly roles: readonly string[];
}

type StoredClient = Client & { readonly secretHash: string };

const READ = `select client_id as "clientId", secret_hash as "secretHash", kind, tenant_id as "tenantId", partner_id as "partnerId", roles
  from client where client_id = any($1)`;

const UPSERT = `insert into client (client_id, secret_hash, kind, tenant_id, partner_id, roles) values ($1, $2, $3, $4, $5, $6)
  on conflict (client_id) do update set secret_hash = excluded.secret_hash, kind = excluded.kind, tenant_id = excluded.tenant_id,
    partner_id = excluded.partner_id, roles = excluded.roles`;

/** Stands in for the hash of an unknown client, so that its refusal takes as long as that of a known one. */
const DECOY = hashSecret('no client has this secret');

function sameExceptSecret(stored: Client, { kind, tenantId, partnerId, roles }: ConfiguredClient): boolean {
  return (
    stored.kind === kind &&
    stored.tenantId === tenantId &&
    stored.partnerId === (partnerId ?? null) &&
    [...stored.roles].sort().join() === [...roles].sort().join()
  );
}

/** Clients as they are stored; those of the setting are brought in at start. */
@Injectable()
export class Clients implements OnApplicationBootstrap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
  ) {}

  /** Writes only what differs: instances that start together end with the same rows, and a restart changes none. */
  async onApplicationBootstrap(): Promise<void> {
    const configured = readConfiguredClients(this.config.clients);
    if (configured.length === 0) return;
    const stored = await this.#read(configured.map(({ clientId }) => clientId));
    for (const client of configured) {
      const known = stored.get(client.clientId);
      if (known && sameExceptSecret(known, client) && (await verifySecret(client.clientSecret, known.secretHash))) continue;
      const { clientId, clientSecret, kind, tenantId, partnerId, roles } = client;
      await this.database.query(UPSERT, [clientId, await hashSecret(clientSecret), kind, tenantId, partnerId ?? null, roles]);
    }
  }

  /** The client whose id and secret these are; undefined for anything else. */
  async authenticate(clientId: string, clientSecret: string): Promise<Client | undefined> {
    const stored = (await this.#read([clientId])).get(clientId);
    const matches = await verifySecret(clientSecret, stored?.secretHash ?? (await DECOY));
    return stored && matches ? stored : undefined;
  }

  async #read(clientIds: readonly string[]): Promise<Map<string, StoredClient>> {
    const { rows } = await this.database.query<StoredClient & Record<string, unknown>>(READ, [clientIds]);
    return new Map(rows.map((row) => [row.clientId, row]));
  }
}
