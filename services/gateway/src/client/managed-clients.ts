import { randomBytes } from 'node:crypto';
import { checkClient, type ConfiguredClient } from './configured-client.js';
import { hashSecret } from './secret-hash.js';

const SECRET_BYTES = 32;
const HOUR_MS = 3_600_000;

/** Runs one statement in the gateway's schema and answers its rows. */
export type Rows = <R extends object>(sql: string, values?: readonly unknown[]) => Promise<R[]>;

/** A client as an operator sees it; its secret is known to nobody but its owner. */
export interface ManagedClient {
  readonly clientId: string;
  readonly kind: 'partner' | 'staff';
  readonly tenantId: string;
  readonly partnerId: string | null;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** Until when the secret before the last rotation is still good. */
  readonly previousSecretUntil: Date | null;
}

/** The client cannot be changed as asked; one line for the operator. */
export class ClientChangeError extends Error {}

const LIST = `select client_id as "clientId", kind, tenant_id as "tenantId", partner_id as "partnerId", roles, created_at as "createdAt",
    revoked_at as "revokedAt", previous_secret_until as "previousSecretUntil"
  from client order by revoked_at is not null, client_id`;

const ADD = `insert into client (client_id, secret_hash, kind, tenant_id, partner_id, roles, created_at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (client_id) do nothing returning client_id`;

// Without an overlap the old secret counts as known to somebody else, and so do the tokens that it got.
const ROTATE = `update client set
    previous_secret_hash = case when $3::timestamptz is null then null else secret_hash end,
    previous_secret_until = $3,
    secret_hash = $2,
    token_epoch = token_epoch + case when $3::timestamptz is null then 1 else 0 end
  where client_id = $1 and revoked_at is null returning client_id`;

const REVOKE = `update client set revoked_at = $2, previous_secret_hash = null, previous_secret_until = null, token_epoch = token_epoch + 1
  where client_id = $1 and revoked_at is null returning client_id`;

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Clients of a running gateway, for the operators' command line; every gateway instance follows within a second. */
export class ManagedClients {
  constructor(
    private readonly rows: Rows,
    private readonly now: () => Date,
  ) {}

  list(): Promise<ManagedClient[]> {
    return this.rows<ManagedClient>(LIST);
  }

  /** Adds a client and answers its new secret, which is shown this once. Throws {@link ClientChangeError}. */
  async add(client: Omit<ConfiguredClient, 'clientSecret'>): Promise<string> {
    const clientSecret = newSecret();
    const problem = checkClient({ ...client, clientSecret });
    if (problem) throw new ClientChangeError(problem);
    const { clientId, kind, tenantId, partnerId = null, roles } = client;
    const added = await this.rows(ADD, [clientId, await hashSecret(clientSecret), kind, tenantId, partnerId, roles, this.now()]);
    if (added.length === 0) throw new ClientChangeError(`the client ${clientId} is known already; an id is never given twice, also after a revocation`);
    return clientSecret;
  }

  /**
   * Gives a client a new secret and answers it. For `overlapHours` the old one is good too; with 0 it ends at once, and with it every token that it got.
   */
  async rotate(clientId: string, overlapHours: number): Promise<string> {
    const clientSecret = newSecret();
    const until = overlapHours === 0 ? null : new Date(this.now().getTime() + overlapHours * HOUR_MS);
    const rotated = await this.rows(ROTATE, [clientId, await hashSecret(clientSecret), until]);
    if (rotated.length === 0) throw await this.#unchanged(clientId);
    return clientSecret;
  }

  /** Ends a client: its secret gets no token any more, and the tokens that it has are refused. */
  async revoke(clientId: string): Promise<void> {
    const revoked = await this.rows(REVOKE, [clientId, this.now()]);
    if (revoked.length === 0) throw await this.#unchanged(clientId);
  }

  async #unchanged(clientId: string): Promise<ClientChangeError> {
    const [known] = await this.rows<{ revokedAt: Date }>('select revoked_at as "revokedAt" from client where client_id = $1', [clientId]);
    return new ClientChangeError(
      known ? `the client ${clientId} was revoked on ${known.revokedAt.toISOString()}` : `there is no client ${clientId}; see lendctl clients list`,
    );
  }
}
