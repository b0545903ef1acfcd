import type { ServerResponse } from 'node:http';

/** Order as the bank gets it. */
export interface DebitOrder {
  readonly amountMinor: string;
  readonly currency: string;
  readonly payerName: string;
  readonly payerAccount: string;
  readonly receiverAccount: string;
  readonly purpose: string;
}

/** What the bank does with the next call about an account; as of payouts, but for `refuse`, which says that the account has not enough on it. */
export type DebitBehaviour = 'collect' | 'refuse' | 'pend' | 'hang' | 'lose' | { readonly status: number; readonly text: string };

interface Booked {
  readonly content: string;
  status: 'collected' | 'refused' | 'pending';
}

/** The direct debit of docs/provider-contract.md: one debit per id, whatever is sent how often. */
export class DebitDouble {
  readonly calls: { readonly method: string; readonly debitId: string; readonly idempotencyKey: string | undefined; readonly body: DebitOrder | undefined }[] =
    [];
  readonly #debits = new Map<string, Booked>();
  readonly #accounts = new Map<string, string>();
  readonly #plans = new Map<string, DebitBehaviour[]>();

  /** Says what happens to the next calls about an account, in order; after them the bank collects, and answers truthfully. */
  plan(payerAccount: string, ...behaviours: DebitBehaviour[]): void {
    this.#plans.set(payerAccount, behaviours);
  }

  /** Methods of the calls about a debit, in order. */
  methods(debitId: string): string[] {
    return this.calls.filter((call) => call.debitId === debitId).map(({ method }) => method);
  }

  /** How often an account was debited, whatever the ids. */
  collectedFrom(payerAccount: string): number {
    return [...this.#accounts].filter(([debitId, account]) => account === payerAccount && this.#debits.get(debitId)?.status === 'collected').length;
  }

  /** Books an order as if it had come over HTTP. */
  book(debitId: string, order: DebitOrder, status: Booked['status'] = 'collected'): void {
    this.#accounts.set(debitId, order.payerAccount);
    if (!this.#debits.has(debitId)) this.#debits.set(debitId, { content: JSON.stringify(order), status });
  }

  answer(method: string, debitId: string, idempotencyKey: string | undefined, body: DebitOrder | undefined, response: ServerResponse): void {
    this.calls.push({ method, debitId, idempotencyKey, body });
    if (body) this.#accounts.set(debitId, body.payerAccount);
    const behaviour = this.#plans.get(this.#accounts.get(debitId) ?? '')?.shift();
    if (behaviour === 'lose') return;
    if (typeof behaviour === 'object') return void response.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.text);
    const known = this.#debits.get(debitId);
    if (body && known && known.content !== JSON.stringify(body)) return this.#problem(response, 409, 'ID_REUSED');
    if (body) this.book(debitId, body, behaviour === 'refuse' ? 'refused' : behaviour === 'pend' ? 'pending' : 'collected');
    if (behaviour === 'hang') return;
    const debit = this.#debits.get(debitId);
    if (!debit) return this.#problem(response, 404, 'NOT_FOUND');
    const { status } = debit;
    const collectedAt = status === 'collected' ? '2026-03-02T01:00:00.000Z' : null;
    const answer = { debitId, status, bankReference: `DEBIT-${debitId.slice(-12)}`, collectedAt, reason: status === 'refused' ? 'INSUFFICIENT_FUNDS' : null };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #problem(response: ServerResponse, status: number, code: string): void {
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status, code }));
  }
}
