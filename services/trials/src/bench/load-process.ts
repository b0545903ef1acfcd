import { setTimeout as delay } from 'node:timers/promises';
import { applicationOf, GatewayClient, type SandboxFirm } from '@millrace/client';
import { newId } from '@millrace/contracts';
import { ACCEPT_OFFER, SHOW_APPLICATION, SHOW_OFFER, SIGN_CONTRACT, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { failStart } from '@millrace/service';
import { StatusWatch } from './status-watch.js';

/** What is sent: as many at a time as `concurrency` says, or so many a second whether the others are done or not. */
export interface LoadOrder {
  readonly gatewayUrl: string;
  readonly clientSecret: string;
  readonly firms: readonly SandboxFirm[];
  readonly pace: { readonly concurrency: number } | { readonly perSecond: number };
  /** Loans that only warm the system up: the window opens when so many are paid out. */
  readonly warmUp: number;
}

/** Begin or end of the window that counts. */
export type LoadSign = { readonly sign: 'open' | 'closed' };

/** Times in milliseconds; of the loans after the warm-up only. */
export interface LoadResult {
  readonly submitMs: readonly number[];
  /** From the submission to the first look at the list of offers that shows it; at a pace of so many a second the looks are {@link LOOK_EVERY_MS} apart. */
  readonly decisionMs: readonly number[];
  readonly paidMs: readonly number[];
  /** When each loan was seen paid out, by this process's clock. */
  readonly ends: readonly number[];
  readonly window: { readonly fromMs: number; readonly toMs: number };
  /** Processor seconds of this process while the window was open. */
  readonly loadSeconds: number;
}

/** Where it is measured how long a decision takes. */
export const LOOK_EVERY_MS = 50;
/** Where nobody measures how long something takes: looks are work for the services, too. */
const SELDOM_LOOK_MS = 250;
const LOAN_TIMEOUT_MS = 120_000;

const loadSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

/** One partner that takes every firm the whole way: apply, read the offer, accept, sign, until the money is out. */
class Load {
  readonly #partner: GatewayClient;
  readonly #offered: StatusWatch;
  readonly #contracting: StatusWatch;
  readonly #active: StatusWatch;
  readonly #ends: number[] = [];
  readonly #times: { submitMs: number; decisionMs: number; paidMs: number }[] = [];
  #opened: { atMs: number; seconds: number } | undefined;
  #closed: { atMs: number; seconds: number } | undefined;

  constructor(private readonly order: LoadOrder) {
    this.#partner = new GatewayClient(order.gatewayUrl, 'demo-partner', order.clientSecret);
    this.#offered = new StatusWatch(this.#partner, { status: 'OFFERED' }, 'perSecond' in order.pace ? LOOK_EVERY_MS : SELDOM_LOOK_MS);
    this.#contracting = new StatusWatch(this.#partner, { status: 'CONTRACTING' }, SELDOM_LOOK_MS);
    this.#active = new StatusWatch(this.#partner, { loanStatus: 'ACTIVE' }, SELDOM_LOOK_MS);
  }

  async run(): Promise<LoadResult> {
    const { pace } = this.order;
    await this.#partner.token();
    if (this.order.warmUp === 0) this.#open();
    if ('concurrency' in pace) await this.#keepBusy(pace.concurrency);
    else await this.#sendEvery(1_000 / pace.perSecond);
    await this.#partner.close();
    if (!this.#opened || !this.#closed) throw new Error('the warm-up took all firms');
    return {
      submitMs: this.#times.map(({ submitMs }) => submitMs),
      decisionMs: this.#times.map(({ decisionMs }) => decisionMs),
      paidMs: this.#times.map(({ paidMs }) => paidMs),
      ends: this.#ends,
      window: { fromMs: this.#opened.atMs, toMs: this.#closed.atMs },
      loadSeconds: this.#closed.seconds - this.#opened.seconds,
    };
  }

  async #keepBusy(concurrency: number): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let at = next++; at < this.order.firms.length; at = next++) await this.#follow(this.order.firms[at]!);
      // The first that finds no firm any more: from here on fewer are on their way.
      this.#close();
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
  }

  async #sendEvery(everyMs: number): Promise<void> {
    const startMs = performance.now();
    const running: Promise<void>[] = [];
    for (const [at, firm] of this.order.firms.entries()) {
      await delay(Math.max(0, startMs + at * everyMs - performance.now()));
      running.push(this.#follow(firm));
    }
    this.#close();
    await Promise.all(running);
  }

  async #follow(firm: SandboxFirm): Promise<void> {
    const counts = this.#opened !== undefined;
    const applicationId = newId();
    const startMs = performance.now();
    await this.#partner.ask(SUBMIT_APPLICATION, { applicationId }, applicationOf(firm, new Date()));
    const submitMs = performance.now() - startMs;
    await this.#inTime(this.#offered.reached(applicationId), applicationId);
    const decisionMs = performance.now() - startMs;
    const { offerId } = await this.#partner.ask(SHOW_OFFER, { applicationId });
    await this.#partner.ask(ACCEPT_OFFER, { applicationId, acceptanceId: newId() }, { offerId, costSheetAcknowledged: true });
    const { contract } = await this.#inTime(this.#contracting.reached(applicationId), applicationId);
    await this.#partner.ask(SIGN_CONTRACT, { applicationId, signatureId: newId() }, { contractSha256: contract!.contractSha256 });
    await this.#inTime(this.#active.reached(applicationId), applicationId);
    this.#ends.push(performance.now());
    if (counts) this.#times.push({ submitMs, decisionMs, paidMs: performance.now() - startMs });
    if (this.#ends.length === this.order.warmUp) this.#open();
  }

  /** A firm that goes another way than straight through would be waited for until the end of days. */
  async #inTime<T>(reached: Promise<T>, applicationId: string): Promise<T> {
    const waited = new AbortController();
    const limit = delay(LOAN_TIMEOUT_MS, undefined, { signal: waited.signal }).then(async () => {
      const { status, decision, score } = await this.#partner.ask(SHOW_APPLICATION, { applicationId });
      throw new Error(`${applicationId} did not go straight through: ${status} ${JSON.stringify({ decision, score })}`);
    });
    try {
      return await Promise.race([reached, limit]);
    } finally {
      waited.abort();
      limit.catch(() => undefined);
    }
  }

  #open(): void {
    this.#opened = { atMs: performance.now(), seconds: loadSeconds() };
    process.send?.({ sign: 'open' } satisfies LoadSign);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = { atMs: performance.now(), seconds: loadSeconds() };
    process.send?.({ sign: 'closed' } satisfies LoadSign);
  }
}

process.once('message', (order) => {
  new Load(order as LoadOrder).run().then((result) => process.send?.(result, () => process.exit(0)), failStart);
});
