import type { ServerResponse } from 'node:http';

/** Order as the bank gets it. */
export interface RefundOrder {
  readonly amountMinor: string;
  readonly currency: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly payerAccount: string;
  readonly originalReference: string;
  readonly purpose: string;
}

/** What the bank does with the next call about an account: `hang` acts and says nothing, `lose` does neither. */
export type RefundBehaviour = 'refund' | 'refuse' | 'hang' | 'lose' | { readonly status: number; readonly text: string };

interface Booked {
  readonly content: string;
  readonly status: 'refunded' | 'refused';
}

/** The refunds of docs/provider-contract.md: one refund per id, whatever is sent how often. */
export class RefundDouble {
  readonly calls: {
    readonly method: string;
    readonly refundId: string;
    readonly idempotencyKey: string | undefined;
    readonly body: RefundOrder | undefined;
  }[] = [];
  readonly #refunds = new Map<string, Booked>();
  readonly #accounts = new Map<string, string>();
  readonly #plans = new Map<string, RefundBehaviour[]>();

  /** Says what happens to the next calls about an account, in order; after them the bank sends the money, and answers truthfully. */
  plan(payeeAccount: string, ...behaviours: RefundBehaviour[]): void {
    this.#plans.set(payeeAccount, behaviours);
  }

  /** Methods of the calls about a refund, in order. */
  methods(refundId: string): string[] {
    return this.calls.filter((call) => call.refundId === refundId).map(({ method }) => method);
  }

  /** How often money was sent to an account, whatever the ids. */
  sentTo(payeeAccount: string): number {
    return [...this.#accounts].filter(([refundId, account]) => account === payeeAccount && this.#refunds.get(refundId)?.status === 'refunded').length;
  }

  answer(method: string, refundId: string, idempotencyKey: string | undefined, body: RefundOrder | undefined, response: ServerResponse): void {
    this.calls.push({ method, refundId, idempotencyKey, body });
    if (body) this.#accounts.set(refundId, body.payeeAccount);
    const behaviour = this.#plans.get(this.#accounts.get(refundId) ?? '')?.shift();
    if (behaviour === 'lose') return;
    if (typeof behaviour === 'object') return void response.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.text);
    const known = this.#refunds.get(refundId);
    if (body && known && known.content !== JSON.stringify(body)) return this.#problem(response, 409, 'ID_REUSED');
    if (body && !known) this.#refunds.set(refundId, { content: JSON.stringify(body), status: behaviour === 'refuse' ? 'refused' : 'refunded' });
    if (behaviour === 'hang') return;
    const refund = this.#refunds.get(refundId);
    if (!refund) return this.#problem(response, 404, 'NOT_FOUND');
    const { status } = refund;
    const outcome = { status, refundedAt: status === 'refunded' ? '2026-03-02T01:00:00.000Z' : null, reason: status === 'refused' ? 'ACCOUNT_CLOSED' : null };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ refundId, bankReference: `BACK-${refundId.slice(-12)}`, ...outcome }));
  }

  #problem(response: ServerResponse, status: number, code: string): void {
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status, code }));
  }
}
