import { setTimeout as delay } from 'node:timers/promises';
import type { ApplicationView, GatewayClient } from '../demo/gateway-client.js';

const PAGE = 200;

/** Waits for many applications with one look at a list, as a partner with much business would: a look each would be most of the load. */
export class StatusWatch {
  readonly #waiting = new Map<string, (view: ApplicationView) => void>();
  #looking: Promise<void> | undefined;

  constructor(
    private readonly partner: GatewayClient,
    private readonly status: string,
    private readonly everyMs: number,
  ) {}

  /** Resolves at the first look that finds the application in the status. */
  reached(applicationId: string): Promise<ApplicationView> {
    return new Promise((resolve) => {
      this.#waiting.set(applicationId, resolve);
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    });
  }

  /** Applications that have not come yet. */
  get waiting(): readonly string[] {
    return [...this.#waiting.keys()];
  }

  async #look(): Promise<void> {
    while (this.#waiting.size > 0) {
      const { items } = await this.partner.call<{ items: ApplicationView[] }>('GET', `/v1/loan-applications?status=${this.status}&limit=${PAGE}`);
      for (const view of items) {
        this.#waiting.get(view.applicationId)?.(view);
        this.#waiting.delete(view.applicationId);
      }
      await delay(this.everyMs);
    }
  }
}
