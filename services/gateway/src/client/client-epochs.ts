import { Database, type Ticker } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/** Only what differs from a client that nobody has touched, so that the answer stays small whatever the number of clients. */
const READ = `select client_id as "clientId", token_epoch as "tokenEpoch", revoked_at is not null as revoked from client where token_epoch > 0`;

interface ClientEpoch extends Record<string, unknown> {
  readonly clientId: string;
  readonly tokenEpoch: number;
  readonly revoked: boolean;
}

/**
 * Under which epoch the tokens of each client count now. Kept in memory and read anew every second: a token is checked at each request, and a
 * statement for each would double what a read costs. While the database is away the last state holds.
 */
@Injectable()
export class ClientEpochs implements Ticker, OnApplicationBootstrap {
  #epochs: ReadonlyMap<string, ClientEpoch> = new Map();

  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.tick();
  }

  async tick(): Promise<void> {
    const { rows } = await this.database.query<ClientEpoch>(READ);
    this.#epochs = new Map(rows.map((row) => [row.clientId, row]));
  }

  /** False for a token of a client that was revoked, or of a secret that was replaced at once. */
  admits(clientId: string, tokenEpoch: number): boolean {
    const known = this.#epochs.get(clientId);
    return known === undefined || (!known.revoked && tokenEpoch >= known.tokenEpoch);
  }
}
