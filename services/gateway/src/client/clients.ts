import type { Clock } from '@millrace/contracts';
import { CLOCK, Database, LOGGER } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { IsNull, type Repository } from 'typeorm';
import { GatewayConfig } from '../config.js';
import { StoredClient } from './client.entity.js';
import { readConfiguredClients, type ConfiguredClient } from './configured-client.js';
import { hashSecret, verifySecret } from './secret-hash.js';

/** A client that may ask for tokens. */
export type Client = Pick<StoredClient, 'clientId' | 'kind' | 'tenantId' | 'partnerId' | 'roles' | 'tokenEpoch'>;

const ASKED = {
  clientId: true,
  secretHash: true,
  kind: true,
  tenantId: true,
  partnerId: true,
  roles: true,
  tokenEpoch: true,
  previousSecretHash: true,
  previousSecretUntil: true,
} as const;

// In one statement, which no repository can say: a start that dies on its way leaves no half of the clients, which the next start would take for all.
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
    const stored = await this.#clients.find({ select: { clientId: true } });
    if (stored.length > 0) return this.#tellWhatIsNotSeeded(configured, new Set(stored.map(({ clientId }) => clientId)));
    const seeded = configured.map(async ({ clientSecret, ...client }) => ({ ...client, secretHash: await hashSecret(clientSecret) }));
    await this.database.query(SEED, [JSON.stringify(await Promise.all(seeded))]);
  }

  get #clients(): Repository<StoredClient> {
    return this.database.repository(StoredClient);
  }

  /** The client whose id and secret these are; undefined for anything else. */
  async authenticate(clientId: string, clientSecret: string): Promise<Client | undefined> {
    const stored = await this.#clients.findOne({ select: ASKED, where: { clientId, revokedAt: IsNull() } });
    const matches = await verifySecret(clientSecret, stored?.secretHash ?? (await DECOY));
    if (!stored) return undefined;
    if (matches) return stored;
    const { previousSecretHash: old, previousSecretUntil: until } = stored;
    return old !== null && until !== null && until > this.clock.now() && (await verifySecret(clientSecret, old)) ? stored : undefined;
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
