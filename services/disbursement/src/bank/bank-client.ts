import { LOGGER, ProviderClients, ProviderError, type OutsideParty, type ProviderClient, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DisbursementConfig } from '../config.js';
import { readFailure, readReply, type BankAnswer } from './bank-answer.js';
import type { Payee } from '../payee/payee-record.js';
import { readHolderFailure, readHolderReply, type HolderAnswer } from './holder-answer.js';

/** The bank that pays out, and says in whose name an account is held. */
export const BANK: OutsideParty = { name: 'bank', parts: ['bank', 'accounts'] };

/** A payout as the bank is told of it. */
export interface BankOrder {
  /** Our own id of the payout, the bank's idempotency key for good (M-DR-02). */
  readonly payoutId: string;
  readonly loanId: string;
  /** Fen. */
  readonly amountMinor: string;
  readonly currency: string;
}

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
      name: BANK.name,
      baseUrl: config.providersUrl,
      timeoutMs: config.bankTimeoutMs,
      retries: 0,
    });
  }

  /** Instructs the payout under its own id; the same content each time, as the bank refuses the id with any other. */
  send({ payoutId, loanId, amountMinor, currency }: BankOrder, payee: Payee): Promise<BankAnswer> {
    const body = { amountMinor, currency, payeeName: payee.accountName, payeeAccount: payee.accountNumber, purpose: `loan ${loanId}` };
    return this.#call('send', payoutId, { method: 'PUT', path: `/v1/bank/payouts/${payoutId}`, idempotencyKey: payoutId, body });
  }

  /** Asks what became of the payout. */
  ask({ payoutId }: BankOrder): Promise<BankAnswer> {
    return this.#call('ask', payoutId, { method: 'GET', path: `/v1/bank/payouts/${payoutId}` });
  }

  /** Asks whether the account is held in this name; it moves no money, and the same question gets the same answer. */
  async verify({ payoutId }: BankOrder, { accountName, accountNumber }: Payee): Promise<HolderAnswer> {
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
