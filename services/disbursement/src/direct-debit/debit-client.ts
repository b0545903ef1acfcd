import { LOGGER, ProviderClients, type OutsideParty, type ProviderClient, type ProviderError, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { readFailure, readReply, type BankAnswer } from '../bank/bank-answer.js';
import { callBank } from '../bank/call-bank.js';
import { DisbursementConfig } from '../config.js';
import type { Payee } from '../payee/payee-record.js';
import type { DirectDebit } from './direct-debit.entity.js';

/** The bank that debits borrowers under their mandates (批扣). */
export const DIRECT_DEBIT: OutsideParty = { name: 'direct-debit', parts: ['debits'] };

/** What the bank is told of a debit beside its accounts. */
type DebitOrder = Pick<DirectDebit, 'debitId' | 'loanId' | 'amountMinor' | 'currency'>;

/** The bank's direct debit. No call is repeated here: a silence is an unknown outcome, which the process asks about (M-DD-03). */
@Injectable()
export class DebitClient {
  readonly #bank: { readonly client: ProviderClient; readonly logger: Logger };

  constructor(@Inject(DisbursementConfig) config: DisbursementConfig, @Inject(LOGGER) logger: Logger, @Inject(ProviderClients) clients: ProviderClients) {
    const client = clients.create({ name: DIRECT_DEBIT.name, baseUrl: config.providersUrl, timeoutMs: config.bankTimeoutMs, retries: 0 });
    this.#bank = { client, logger };
  }

  /** Orders the debit under its own id; the same content each time, as the bank refuses the id with any other. */
  send({ debitId, loanId, amountMinor, currency }: DebitOrder, payer: Payee, receiverAccount: string): Promise<BankAnswer> {
    const { accountName: payerName, accountNumber: payerAccount } = payer;
    const body = { amountMinor, currency, payerName, payerAccount, receiverAccount, purpose: `loan ${loanId}` };
    return this.#call('send', debitId, { method: 'PUT', path: `/v1/bank/debits/${debitId}`, idempotencyKey: debitId, body });
  }

  /** Asks what became of the debit. */
  ask({ debitId }: Pick<DirectDebit, 'debitId'>): Promise<BankAnswer> {
    return this.#call('ask', debitId, { method: 'GET', path: `/v1/bank/debits/${debitId}` });
  }

  #call(call: 'send' | 'ask', debitId: string, request: ProviderRequest): Promise<BankAnswer> {
    const read = { reply: (raw: unknown) => readReply(debitId, asPayout(raw)), failure: (error: ProviderError) => readFailure(call, error) };
    return callBank(this.#bank, request, { debitId, call }, read);
  }
}

const STATUS_OF: Readonly<Record<string, string>> = { collected: 'paid', refused: 'refused', pending: 'pending' };

/** The bank answers about debits as about payouts, in words of their own; what has another form is left for the reader to refuse. */
function asPayout(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const { debitId, status, collectedAt, ...rest } = raw as Record<string, unknown>;
  return {
    ...rest,
    payoutId: debitId,
    status: typeof status === 'string' && Object.hasOwn(STATUS_OF, status) ? STATUS_OF[status] : undefined,
    paidAt: collectedAt,
  };
}
