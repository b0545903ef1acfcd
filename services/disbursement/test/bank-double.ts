import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StatementDouble } from './statement-double.js';
import { DebitDouble, type DebitOrder } from './debit-double.js';
import { RefundDouble, type RefundOrder } from './refund-double.js';

/** Instruction as the bank gets it. */
export interface Instruction {
  readonly amountMinor: string;
  readonly currency: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly purpose: string;
  readonly payerAccount?: string;
}

/** One request to the bank. */
export interface BankCall {
  readonly method: string;
  readonly payoutId: string;
  readonly idempotencyKey: string | undefined;
  readonly body: Instruction | undefined;
}

/**
 * What the bank does with the next call about an account. `pay`, `refuse` and `pend` are of an instruction; `hang` does what it would do and
 * then never answers; `lose` does nothing and never answers; `deny` says that it never saw the payout; an object is sent as it is.
 */
export type Behaviour = 'pay' | 'refuse' | 'pend' | 'hang' | 'lose' | 'deny' | { readonly status: number; readonly text: string };

interface Booked {
  readonly content: string;
  status: 'paid' | 'refused' | 'pending';
  readonly bankReference: string;
}

/** What the bank says of an account's holder; a plan that is not given is `matched`. */
export type HolderBehaviour = 'matched' | 'mismatched' | 'account_not_found' | 'not_verifiable' | 'away';

/** The bank of docs/provider-contract.md over HTTP: one payout and at most one debit per id, whatever is sent how often. */
export class BankDouble {
  /** The same bank, as it sends money back. */
  readonly back = new RefundDouble();
  /** The same bank, as it debits accounts. */
  readonly direct = new DebitDouble();
  readonly calls: BankCall[] = [];
  /** Debits by payout id. */
  readonly debits = new Map<string, number>();
  readonly #payouts = new Map<string, Booked>();
  readonly #accounts = new Map<string, string>();
  readonly #plans = new Map<string, Behaviour[]>();
  readonly #holders = new Map<string, HolderBehaviour[]>();
  /** Questions about holders, by payout id. */
  readonly verifications: string[] = [];
  /** What the bank names as the instant of a payment: five seconds from the suite's now, unless the suite says otherwise. */
  paidAt: () => string = () => new Date().toISOString();
  /** The statement that the same bank shows; none where it is not set. */
  statement: StatementDouble | undefined;
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (request.url?.startsWith('/v1/bank/account-verifications/')) return this.#verify(request.url, text, response);
        if (request.url?.startsWith('/v1/bank/statements/') && this.statement) {
          const page = this.statement.page(new URL(request.url, 'http://bank'));
          return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
        }
        const { method = '' } = request;
        const key = request.headers['idempotency-key'] as string | undefined;
        if (request.url?.startsWith('/v1/bank/debits/')) {
          const order = text === '' ? undefined : (JSON.parse(text) as DebitOrder);
          return this.direct.answer(method, request.url.replace('/v1/bank/debits/', ''), key, order, response);
        }
        if (request.url?.startsWith('/v1/bank/refunds/')) {
          const order = text === '' ? undefined : (JSON.parse(text) as RefundOrder);
          return this.back.answer(method, request.url.replace('/v1/bank/refunds/', ''), key, order, response);
        }
        const payoutId = (request.url ?? '').replace('/v1/bank/payouts/', '');
        const body = text === '' ? undefined : (JSON.parse(text) as Instruction);
        this.calls.push({ method, payoutId, idempotencyKey: key, body });
        if (body) this.#accounts.set(payoutId, body.payeeAccount);
        const behaviour = this.#plans.get(this.#accounts.get(payoutId) ?? '')?.shift();
        this.#handle(payoutId, body, behaviour, response);
      });
    });
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** Says what happens to the next calls about an account, in order; after them the bank pays, and answers truthfully. */
  plan(account: string, ...behaviours: Behaviour[]): void {
    this.#plans.set(account, behaviours);
  }

  /** Says what the bank answers to the next questions about an account's holder, in order. */
  planHolder(account: string, ...behaviours: HolderBehaviour[]): void {
    this.#holders.set(account, behaviours);
  }

  #verify(url: string, text: string, response: ServerResponse): void {
    const verificationId = url.replace('/v1/bank/account-verifications/', '');
    this.verifications.push(verificationId);
    const result = this.#holders.get((JSON.parse(text) as { accountNumber: string }).accountNumber)?.shift() ?? 'matched';
    if (result === 'away') return this.#problem(response, 503, 'SANDBOX_OUTAGE');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ verificationId, result }));
  }

  /** Ends a pending payout. */
  settle(payoutId: string, status: 'paid' | 'refused'): void {
    const payout = this.#payouts.get(payoutId)!;
    if (payout.status === 'pending' && status === 'paid') this.#debit(payoutId);
    payout.status = status;
  }

  /** Books an instruction as if it had come over HTTP. */
  book(payoutId: string, body: Instruction, status: Booked['status'] = 'paid'): void {
    if (this.#payouts.has(payoutId)) return;
    this.#accounts.set(payoutId, body.payeeAccount);
    this.#payouts.set(payoutId, { content: JSON.stringify(body), status, bankReference: `BANK-${payoutId.slice(-12)}` });
    if (status === 'paid') this.#debit(payoutId);
  }

  /** Methods of the calls about a payout, in order. */
  methods(payoutId: string): string[] {
    return this.calls.filter((call) => call.payoutId === payoutId).map(({ method }) => method);
  }

  /** Debits of an account, whatever the payout ids. */
  debitsOf(account: string): number {
    return [...this.#accounts].filter(([, known]) => known === account).reduce((sum, [payoutId]) => sum + (this.debits.get(payoutId) ?? 0), 0);
  }

  #debit(payoutId: string): void {
    this.debits.set(payoutId, (this.debits.get(payoutId) ?? 0) + 1);
  }

  #handle(payoutId: string, body: Instruction | undefined, behaviour: Behaviour | undefined, response: ServerResponse): void {
    if (behaviour === 'lose') return;
    if (typeof behaviour === 'object') return void response.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.text);
    const known = this.#payouts.get(payoutId);
    if (body && known && known.content !== JSON.stringify(body)) return this.#problem(response, 409, 'ID_REUSED');
    if (body) this.book(payoutId, body, behaviour === 'refuse' ? 'refused' : behaviour === 'pend' ? 'pending' : 'paid');
    if (behaviour === 'hang') return;
    const payout = this.#payouts.get(payoutId);
    if (!payout || behaviour === 'deny') return this.#problem(response, 404, 'NOT_FOUND');
    const { status, bankReference } = payout;
    const answer = {
      payoutId,
      status,
      bankReference,
      paidAt: status === 'paid' ? this.paidAt() : null,
      reason: status === 'refused' ? 'ACCOUNT_FROZEN' : null,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #problem(response: ServerResponse, status: number, code: string): void {
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status, code }));
  }
}
