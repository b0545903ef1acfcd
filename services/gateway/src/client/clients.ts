import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, LOGGER, type Principal } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
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
  /** Rises when all tokens that the client has are to be refused. */
  readonly tokenEpoch: number;
}

interface StoredClient extends Client, Record<string, unknown> {
  readonly secretHash: string;
  readonly previousSecretHash: string | null;
}

const READ = `select client_id as "clientId", secret_hash as "secretHash", kind, tenant_id as "tenantId", partner_id as "partnerId", roles,
    token_epoch as "tokenEpoch", case when previous_secret_until > $2 then previous_secret_hash end as "previousSecretHash"
  from client where client_id = $1 and revoked_at is null`;

// In one statement: a start that dies on its way leaves no half of the clients, which the next start would take for all.
const SEED = `insert into client (client_id, secret_hash, kind, tenant_id, partner_id, roles)
  select "clientId", "secretHash", kind, "tenantId", "partnerId", array(select jsonb_array_elements_text(roles))
  from jsonb_to_recordset($1) as seeded ("clientId" text, "secretHash" text, kind text, "tenantId" text, "partnerId" text, roles jsonb)
  where not exists (select 1 from client)
  on conflict do nothing`;

/** Stands in for the hash of an unknown client, so that its refusal takes as long as that of a known one. */
const DECOY = hashSecret('no client has this secret');

/** Clients as they are stored; those of the setting are brought in at the first start. */
@Injectable()
export class Clients implements OnApplicationBootstrap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Seeds the table where it is empty. Later the table alone counts: a setting that a restart brings in again would undo what an operator has
   * revoked or rotated meanwhile.
   */
  async onApplicationBootstrap(): Promise<void> {
    const configured = readConfiguredClients(this.config.clients);
    if (configured.length === 0) return;
    const { rows } = await this.database.query<{ clientId: string }>('select client_id as "clientId" from client');
    if (rows.length > 0) return this.#tellWhatIsNotSeeded(configured, new Set(rows.map(({ clientId }) => clientId)));
    const seeded = configured.map(async ({ clientSecret, ...client }) => ({ ...client, secretHash: await hashSecret(clientSecret) }));
    await this.database.query(SEED, [JSON.stringify(await Promise.all(seeded))]);
  }

  /** The client whose id and secret these are; undefined for anything else. */
  async authenticate(clientId: string, clientSecret: string): Promise<Client | undefined> {
    const { rows } = await this.database.query<StoredClient>(READ, [clientId, this.clock.now()]);
    const [stored] = rows;
    const matches = await verifySecret(clientSecret, stored?.secretHash ?? (await DECOY));
    if (!stored) return undefined;
    if (matches) return stored;
    const old = stored.previousSecretHash;
    return old !== null && (await verifySecret(clientSecret, old)) ? stored : undefined;
  }

  #tellWhatIsNotSeeded(configured: readonly ConfiguredClient[], known: ReadonlySet<string>): void {
    const unknown = configured.map(({ clientId }) => clientId).filter((clientId) => !known.has(clientId));
    if (unknown.length === 0) return;
    this.logger.warn(
      { clients: unknown },
      'MILLRACE_GATEWAY_CLIENTS seeds the first start only and names clients that are not stored; add them with lendctl clients add',
    );
  }
}
