import { LOGGER, ProviderClients, type OutsideParty, type ProviderClient, type ProviderError, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DisbursementConfig } from '../config.js';
import { readFailure, readReply, type BankAnswer } from './bank-answer.js';
import { callBank } from './call-bank.js';
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
  /** The lender's account that the money leaves, on whose statement it is shown; null where the lender has none, or in an order of before. */
  readonly payerAccount: string | null;
}

/** The bank's rails. No call is repeated here: a silence is an unknown outcome, which the process asks about (M-DR-02). */
@Injectable()
export class BankClient {
  readonly #bank: { readonly client: ProviderClient; readonly logger: Logger };

  constructor(@Inject(DisbursementConfig) config: DisbursementConfig, @Inject(LOGGER) logger: Logger, @Inject(ProviderClients) clients: ProviderClients) {
    const client = clients.create({ name: BANK.name, baseUrl: config.providersUrl, timeoutMs: config.bankTimeoutMs, retries: 0 });
    this.#bank = { client, logger };
  }

  /** Instructs the payout under its own id; the same content each time, as the bank refuses the id with any other. */
  send({ payoutId, loanId, amountMinor, currency, payerAccount }: BankOrder, payee: Payee): Promise<BankAnswer> {
    const { accountName: payeeName, accountNumber: payeeAccount } = payee;
    const body = { amountMinor, currency, payeeName, payeeAccount, purpose: `loan ${loanId}`, ...(payerAccount === null ? {} : { payerAccount }) };
    return this.#call('send', payoutId, { method: 'PUT', path: `/v1/bank/payouts/${payoutId}`, idempotencyKey: payoutId, body });
  }

  /** Asks what became of the payout. */
  ask({ payoutId }: BankOrder): Promise<BankAnswer> {
    return this.#call('ask', payoutId, { method: 'GET', path: `/v1/bank/payouts/${payoutId}` });
  }

  /** Asks whether the account is held in this name; it moves no money, and the same question gets the same answer. */
  verify({ payoutId }: BankOrder, { accountName, accountNumber }: Payee): Promise<HolderAnswer> {
    const request = {
      method: 'PUT',
      path: `/v1/bank/account-verifications/${payoutId}`,
      idempotencyKey: payoutId,
      body: { accountName, accountNumber },
    } as const;
    return callBank(this.#bank, request, { payoutId, call: 'verify' }, { reply: (raw) => readHolderReply(payoutId, raw), failure: readHolderFailure });
  }

  #call(call: 'send' | 'ask', payoutId: string, request: ProviderRequest): Promise<BankAnswer> {
    const read = { reply: (raw: unknown) => readReply(payoutId, raw), failure: (error: ProviderError) => readFailure(call, error) };
    return callBank(this.#bank, request, { payoutId, call }, read);
  }
}
