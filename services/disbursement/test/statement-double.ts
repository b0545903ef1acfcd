import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A line as the bank of the suite shows it; what is not said is the same for all. */
export interface DoubleLine {
  readonly lineId: string;
  readonly day?: string;
  readonly [field: string]: unknown;
}

export const LENDER_ACCOUNT = '9559900000000001';

/** What the bank answers instead of the truth, for the next questions in order; `away` is 503. */
export type StatementBehaviour = 'away' | { readonly body: unknown } | ((url: URL) => unknown);

/** The statement of docs/provider-contract.md over HTTP: what the suite has put on it, by day, two lines a page. */
export class StatementDouble {
  readonly questions: URL[] = [];
  readonly lines: DoubleLine[] = [];
  readonly #plans: StatementBehaviour[] = [];
  /** While it is set, every question without a plan is answered so. */
  always: StatementBehaviour | undefined;
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://bank');
      this.questions.push(url);
      // The bank is asked about the accounts of payouts too, at any time; a plan is for the statement alone.
      const plan = url.pathname.includes('/statements/') ? (this.#plans.shift() ?? this.always) : undefined;
      if (plan === 'away') return void response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{}');
      const body = plan === undefined ? this.page(url) : typeof plan === 'function' ? plan(url) : plan.body;
      response.writeHead(200, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  plan(...behaviours: StatementBehaviour[]): void {
    this.#plans.push(...behaviours);
  }

  /** The true page. */
  page(url: URL): Record<string, unknown> {
    const day = url.searchParams.get('day')!;
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const ofDay = this.lines.filter((line) => (line.day ?? '2026-03-02') === day);
    const shown = ofDay.slice(from, from + 2).map((line) => this.shown(line));
    return { account: LENDER_ACCOUNT, day, lines: shown, nextCursor: String(from + shown.length), more: from + shown.length < ofDay.length };
  }

  shown({ day: _, ...line }: DoubleLine): Record<string, unknown> {
    return {
      direction: 'credit',
      amountMinor: '2586822',
      currency: 'CNY',
      valueOn: '2026-03-02',
      bookedAt: '2026-03-02T01:00:00.000Z',
      bankReference: `REF-${line.lineId}`,
      counterpartyName: '样例商贸有限公司',
      counterpartyAccount: '9900123412341234',
      remittance: '',
      ...line,
    };
  }
}
