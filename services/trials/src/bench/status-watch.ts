import type { ApplicationView, GatewayClient } from '@millrace/client';
import { LIST_APPLICATIONS, type ParametersOf, type ReplyOf } from '@millrace/contracts/api';
import { setTimeout as delay } from 'node:timers/promises';

/** Most that the list gives at once. */
const MAX_PAGE = 200;
/** A page has room for twice as many as are waited for, and these. */
const LEAST_PAGE = 10;

type Page = ReplyOf<typeof LIST_APPLICATIONS>;

interface Waiter {
  readonly resolve: (view: ApplicationView) => void;
  readonly reject: (error: unknown) => void;
}

/** Waits for many applications with one look at a list, as a partner with much business would: a look each would be most of the load. */
export class StatusWatch {
  readonly #waiting = new Map<string, Waiter>();
  #looking = false;

  constructor(
    private readonly partner: GatewayClient,
    /** Query of the list, e.g. `status=OFFERED`. */
    private readonly filter: ParametersOf<typeof LIST_APPLICATIONS>,
    private readonly everyMs: number,
  ) {}

  /** Resolves at the first look that finds the application by the filter. */
  reached(applicationId: string): Promise<ApplicationView> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(applicationId, { resolve, reject });
      // The first that waits begins the looking, which ends when nobody waits any more.
      if (!this.#looking) this.#look().catch((error: unknown) => this.#fail(error));
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.size > 0) {
      await this.#lookThrough();
      await delay(this.everyMs);
    }
    this.#looking = false;
  }

  /** Page by page, newest first, until the oldest that is waited for cannot come any more: ids rise with time. */
  async #lookThrough(): Promise<void> {
    const oldest = [...this.#waiting.keys()].reduce((first, id) => (id < first ? id : first));
    const limit = Math.min(MAX_PAGE, 2 * this.#waiting.size + LEAST_PAGE);
    let cursor: string | null = null;
    let last: string | undefined;
    do {
      const page: Page = await this.partner.ask(LIST_APPLICATIONS, { ...this.filter, limit, cursor: cursor ?? undefined });
      for (const view of page.items) this.#end(view.applicationId)?.resolve(view);
      cursor = page.nextCursor;
      last = page.items.at(-1)?.applicationId;
    } while (cursor !== null && last !== undefined && last > oldest);
  }

  #end(applicationId: string): Waiter | undefined {
    const waiter = this.#waiting.get(applicationId);
    this.#waiting.delete(applicationId);
    return waiter;
  }

  #fail(error: unknown): void {
    this.#looking = false;
    for (const applicationId of [...this.#waiting.keys()]) this.#end(applicationId)?.reject(error);
  }
}
