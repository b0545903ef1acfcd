import type { Clock } from '@millrace/contracts';
import type { KeySetAnswer, TokenAnswer } from '@millrace/contracts/api';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { ClientEpochs } from '../client/client-epochs.js';
import { Clients, type Client } from '../client/clients.js';
import { GatewayConfig } from '../config.js';
import { issuerOf, readAccessToken, scopeOf, signAccessToken } from './access-token.js';
import { invalidClient, type ClientCredentials } from './client-credentials.js';
import { LoginAttempts } from './login-attempts.js';
import { SIGNING_KEYS, type SigningKeys } from './signing-key.js';

/** Makes access tokens for clients, and reads them back. */
@Injectable()
export class Tokens {
  constructor(
    @Inject(Clients) private readonly clients: Clients,
    @Inject(ClientEpochs) private readonly epochs: ClientEpochs,
    @Inject(LoginAttempts) private readonly logins: LoginAttempts,
    @Inject(SIGNING_KEYS) private readonly keys: SigningKeys,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `INVALID_CLIENT`, `TOO_MANY_TOKEN_REQUESTS`, or `TOO_MANY_FAILED_LOGINS`. */
  async issue({ clientId, clientSecret }: ClientCredentials, address: string): Promise<TokenAnswer> {
    const client = await this.logins.attempt(address, clientId, () => this.clients.authenticate(clientId, clientSecret));
    if (!client) throw invalidClient();
    const { tokenSeconds } = this.config;
    const token = await signAccessToken(client, { issuer: issuerOf(this.config), key: this.keys[0] }, this.clock.now(), tokenSeconds);
    return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope: scopeOf(client) };
  }

  /** The client of a token that is good now; one whose client was revoked since is not. */
  async read(token: string): Promise<Client | undefined> {
    const client = await readAccessToken(token, { issuer: issuerOf(this.config), keys: this.keys }, this.clock.now());
    return client && this.epochs.admits(client.clientId, client.tokenEpoch) ? client : undefined;
  }

  /** The public key set, for whoever wants to check a token. */
  keySet(): KeySetAnswer {
    return { keys: this.keys.map(({ publicJwk }) => publicJwk) };
  }
}
