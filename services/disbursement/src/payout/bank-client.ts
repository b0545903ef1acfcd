import { LOGGER, ProviderClients, ProviderError, type ProviderClient, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DisbursementConfig } from '../config.js';
import { readFailure, readReply, type BankAnswer } from './bank-answer.js';
import type { Payee } from '../payee/payee-record.js';
import { readHolderFailure, readHolderReply, type HolderAnswer } from './holder-answer.js';
import type { StoredPayout } from './stored-payout.js';

const BREAKER_FAILURES = 10;
const BREAKER_RESET_MS = 5_000;

/** The bank's rails. No call is repeated here: a silence is an unknown outcome, which the process asks about (M-DR-02). */
@Injectable()
export class BankClient {
  readonly #client: ProviderClient;

  constructor(
    @Inject(DisbursementConfig) config: DisbursementConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ProviderClients) clients: ProviderClients,
  ) {
    this.#client = clients.create({
      name: 'bank',
      baseUrl: config.providersUrl,
      timeoutMs: config.bankTimeoutMs,
      retries: 0,
      breakerFailures: BREAKER_FAILURES,
      breakerResetMs: BREAKER_RESET_MS,
    });
  }

  /** Instructs the payout under its own id; the same content each time, as the bank refuses the id with any other. */
  send({ payoutId, loanId, amountMinor, currency }: StoredPayout, payee: Payee): Promise<BankAnswer> {
    const body = { amountMinor, currency, payeeName: payee.accountName, payeeAccount: payee.accountNumber, purpose: `loan ${loanId}` };
    return this.#call('send', payoutId, { method: 'PUT', path: `/v1/bank/payouts/${payoutId}`, idempotencyKey: payoutId, body });
  }

  /** Asks what became of the payout. */
  ask({ payoutId }: StoredPayout): Promise<BankAnswer> {
    return this.#call('ask', payoutId, { method: 'GET', path: `/v1/bank/payouts/${payoutId}` });
  }

  /** Asks whether the account is held in this name; it moves no money, and the same question gets the same answer. */
  async verify({ payoutId }: StoredPayout, { accountName, accountNumber }: Payee): Promise<HolderAnswer> {
    const request = {
      method: 'PUT',
      path: `/v1/bank/account-verifications/${payoutId}`,
      idempotencyKey: payoutId,
      body: { accountName, accountNumber },
    } as const;
    try {
      return readHolderReply(payoutId, await this.#client.request<unknown>(request));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.logger.warn({ payoutId, call: 'verify', failure: error.message }, 'the bank gave no usable answer');
      return readHolderFailure(error);
    }
  }

  async #call(call: 'send' | 'ask', payoutId: string, request: ProviderRequest): Promise<BankAnswer> {
    try {
      return readReply(payoutId, await this.#client.request<unknown>(request));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // The message only: the body of a refusal may repeat what was sent, the account number among it.
      this.logger.warn({ payoutId, call, failure: error.message }, 'the bank gave no usable answer');
      return readFailure(call, error);
    }
  }
}
