import { LOGGER, ProviderClients, type OutsideParty, type ProviderClient, type ProviderError, type ProviderRequest } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { readFailure, readReply, type BankAnswer } from '../bank/bank-answer.js';
import { callBank } from '../bank/call-bank.js';
import { DisbursementConfig } from '../config.js';
import type { Refund } from './refund.entity.js';

/** The bank that sends money back to whoever has paid it (退款). */
export const REFUNDS: OutsideParty = { name: 'refunds', parts: ['refunds'] };

/** The other side of the credit that goes back, and the lender's account that it has come in on; lives only as long as the call. */
export interface Payer {
  readonly name: string;
  readonly account: string;
  readonly lenderAccount: string;
  /** The bank's reference of the credit. */
  readonly originalReference: string;
}

/** The bank's refunds. No call is repeated here: a silence is an unknown outcome, which the process asks about (M-RF-01). */
@Injectable()
export class RefundClient {
  readonly #bank: { readonly client: ProviderClient; readonly logger: Logger };

  constructor(@Inject(DisbursementConfig) config: DisbursementConfig, @Inject(LOGGER) logger: Logger, @Inject(ProviderClients) clients: ProviderClients) {
    const client = clients.create({ name: REFUNDS.name, baseUrl: config.providersUrl, timeoutMs: config.bankTimeoutMs, retries: 0 });
    this.#bank = { client, logger };
  }

  /** Orders the refund under its own id; the same content each time, as the bank refuses the id with any other. */
  send({ refundId, amountMinor, currency }: Pick<Refund, 'refundId' | 'amountMinor' | 'currency'>, payer: Payer): Promise<BankAnswer> {
    const { name: payeeName, account: payeeAccount, lenderAccount: payerAccount, originalReference } = payer;
    const body = { amountMinor, currency, payeeName, payeeAccount, payerAccount, originalReference, purpose: `refund ${refundId}` };
    return this.#call('send', refundId, { method: 'PUT', path: `/v1/bank/refunds/${refundId}`, idempotencyKey: refundId, body });
  }

  /** Asks what became of the refund. */
  ask({ refundId }: Pick<Refund, 'refundId'>): Promise<BankAnswer> {
    return this.#call('ask', refundId, { method: 'GET', path: `/v1/bank/refunds/${refundId}` });
  }

  #call(call: 'send' | 'ask', refundId: string, request: ProviderRequest): Promise<BankAnswer> {
    const read = { reply: (raw: unknown) => readReply(refundId, asPayout(raw)), failure: (error: ProviderError) => readFailure(call, error) };
    return callBank(this.#bank, request, { refundId, call }, read);
  }
}

const STATUS_OF: Readonly<Record<string, string>> = { refunded: 'paid', refused: 'refused', pending: 'pending' };

/** The bank answers about refunds as about payouts, in words of their own; what has another form is left for the reader to refuse. */
function asPayout(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const { refundId, status, refundedAt, ...rest } = raw as Record<string, unknown>;
  return {
    ...rest,
    payoutId: refundId,
    status: typeof status === 'string' && Object.hasOwn(STATUS_OF, status) ? STATUS_OF[status] : undefined,
    paidAt: refundedAt,
  };
}
