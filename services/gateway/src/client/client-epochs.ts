import { Database, type Ticker } from '@millrace/service';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { StoredClient } from './client.entity.js';

type ClientEpoch = Pick<StoredClient, 'clientId' | 'tokenEpoch' | 'revokedAt'>;

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
    // Only what differs from a client that nobody has touched, so that the answer stays small whatever the number of clients.
    const changed = await this.database
      .repository(StoredClient)
      .find({ select: { clientId: true, tokenEpoch: true, revokedAt: true }, where: { tokenEpoch: MoreThan(0) } });
    this.#epochs = new Map(changed.map((client) => [client.clientId, client]));
  }

  /** False for a token of a client that was revoked, or of a secret that was replaced at once. */
  admits(clientId: string, tokenEpoch: number): boolean {
    const known = this.#epochs.get(clientId);
    return known === undefined || (known.revokedAt === null && tokenEpoch >= known.tokenEpoch);
  }
}
