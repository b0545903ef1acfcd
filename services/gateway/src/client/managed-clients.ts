import { randomBytes } from 'node:crypto';
import { IsNull, type FindOptionsWhere, type Repository } from 'typeorm';
import { StoredClient } from './client.entity.js';
import { checkClient, type ConfiguredClient } from './configured-client.js';
import { hashSecret } from './secret-hash.js';

export { StoredClient };

const SECRET_BYTES = 32;
const HOUR_MS = 3_600_000;

/** A client as an operator sees it; its secret is known to nobody but its owner. */
export type ManagedClient = Omit<StoredClient, 'secretHash' | 'previousSecretHash' | 'tokenEpoch'>;

/** The client cannot be changed as asked; one line for the operator. */
export class ClientChangeError extends Error {}

const SHOWN = {
  clientId: true,
  kind: true,
  tenantId: true,
  partnerId: true,
  roles: true,
  createdAt: true,
  revokedAt: true,
  previousSecretUntil: true,
} as const;

const NEXT_EPOCH = (): string => 'token_epoch + 1';

/** The client, as long as it is not revoked. */
const live = (clientId: string): FindOptionsWhere<StoredClient> => ({ clientId, revokedAt: IsNull() });

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Clients of a running gateway, for the operators' command line; every gateway instance follows within a second. */
export class ManagedClients {
  constructor(
    private readonly clients: Repository<StoredClient>,
    private readonly now: () => Date,
  ) {}

  /** Every client by id, those that were revoked last. */
  async list(): Promise<ManagedClient[]> {
    const clients = await this.clients.find({ select: SHOWN, order: { clientId: 'ASC' } });
    return [...clients.filter(({ revokedAt }) => !revokedAt), ...clients.filter(({ revokedAt }) => revokedAt)];
  }

  /** Adds a client and answers its new secret, which is shown this once. Throws {@link ClientChangeError}. */
  async add(client: Omit<ConfiguredClient, 'clientSecret'>): Promise<string> {
    const clientSecret = newSecret();
    const problem = checkClient({ ...client, clientSecret });
    if (problem) throw new ClientChangeError(problem);
    const { clientId, kind, tenantId, partnerId = null, roles } = client;
    const row = { clientId, secretHash: await hashSecret(clientSecret), kind, tenantId, partnerId, roles: [...roles], createdAt: this.now() };
    const inserted = await this.clients.createQueryBuilder().insert().values(row).orIgnore().returning('client_id').execute();
    if ((inserted.raw as unknown[]).length === 0)
      throw new ClientChangeError(`the client ${clientId} is known already; an id is never given twice, also after a revocation`);
    return clientSecret;
  }

  /**
   * Gives a client a new secret and answers it. For `overlapHours` the old one is good too; with 0 it ends at once, and with it every token that it got.
   */
  async rotate(clientId: string, overlapHours: number): Promise<string> {
    const clientSecret = newSecret();
    const until = overlapHours === 0 ? null : new Date(this.now().getTime() + overlapHours * HOUR_MS);
    const { affected } = await this.clients.update(live(clientId), {
      secretHash: await hashSecret(clientSecret),
      // The column as it was before this statement.
      previousSecretHash: until === null ? null : () => 'secret_hash',
      previousSecretUntil: until,
      // Without an overlap the old secret counts as known to somebody else, and so do the tokens that it got.
      ...(until === null ? { tokenEpoch: NEXT_EPOCH } : {}),
    });
    if (affected === 0) throw await this.#unchanged(clientId);
    return clientSecret;
  }

  /** Ends a client: its secret gets no token any more, and the tokens that it has are refused. */
  async revoke(clientId: string): Promise<void> {
    const ended = { revokedAt: this.now(), previousSecretHash: null, previousSecretUntil: null, tokenEpoch: NEXT_EPOCH };
    const { affected } = await this.clients.update(live(clientId), ended);
    if (affected === 0) throw await this.#unchanged(clientId);
  }

  async #unchanged(clientId: string): Promise<ClientChangeError> {
    const known = await this.clients.findOneBy({ clientId });
    return new ClientChangeError(
      known?.revokedAt ? `the client ${clientId} was revoked on ${known.revokedAt.toISOString()}` : `there is no client ${clientId}; see lendctl clients list`,
    );
  }
}
