import pg from 'pg';
import type { CrashPoint } from './fault-plan.js';

type Callback = (error: Error | null, result?: unknown) => void;

/** The connections of one role, i.e. of one service, as far as a cut needs them. */
type WiredClient = pg.Client & { readonly connection: { readonly stream: { destroy(): void } } };

const textOf = (query: unknown): string => (typeof query === 'string' ? query : ((query as { text?: string }).text ?? ''));

/**
 * Cuts a service off from PostgreSQL between two statements, which is what a crash of its process looks like from there. It stands on the driver
 * of this process, so that every statement passes it (handlers, jobs, tickers, relay, TypeORM) and no service knows of it. After the cut
 * the service can do nothing durable until it is started anew.
 */
export class CutWire {
  #armed: { readonly role: string; readonly point: CrashPoint } | undefined;
  #seen = 0;
  readonly #dead = new Set<string>();
  readonly #inTransaction = new WeakSet<pg.Client>();
  // The driver gives no other place to stand between it and its callers.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  readonly #query = pg.Client.prototype.query as unknown as (...args: unknown[]) => unknown;

  /** Stands on the driver from now on. */
  install(): void {
    const pass = (client: WiredClient, args: unknown[]): unknown => this.#pass(client, args);
    pg.Client.prototype.query = function (this: WiredClient, ...args: unknown[]) {
      return pass(this, args);
    } as never;
  }

  /** The next step is cut there, if it gets that far. */
  arm(role: string, point: CrashPoint): void {
    this.#armed = { role, point };
    this.#seen = 0;
  }

  /** The role that is cut off now. */
  get cutOff(): string | undefined {
    return [...this.#dead][0];
  }

  /** Ends the step; what is cut off stays so. */
  disarm(): void {
    this.#armed = undefined;
  }

  /** The service has been started anew. */
  revive(role: string): void {
    this.#dead.delete(role);
  }

  #pass(client: WiredClient, args: unknown[]): unknown {
    const durable = this.#isDurable(client, textOf(args[0]));
    if (this.#dead.has(client.user ?? '')) return this.#cut(client, args);
    const armed = this.#armed;
    if (!durable || !armed || armed.role !== client.user) return this.#query.apply(client, args);
    this.#seen += 1;
    if (this.#seen !== armed.point.statement) return this.#query.apply(client, args);
    this.#dead.add(armed.role);
    return armed.point.side === 'before' ? this.#cut(client, args) : this.#cutAfter(client, args);
  }

  /** A commit, or a statement outside a transaction. */
  #isDurable(client: pg.Client, text: string): boolean {
    const word = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase();
    if (word === 'begin' || word === 'start') this.#inTransaction.add(client);
    if (word === 'commit' || word === 'rollback') return this.#inTransaction.delete(client) && word === 'commit';
    return !this.#inTransaction.has(client);
  }

  /** The driver finds the socket closed and says so to its caller, as it does when the server or the network is gone. */
  #cut(client: WiredClient, args: unknown[]): unknown {
    client.connection.stream.destroy();
    return this.#query.apply(client, args);
  }

  /** The server has done it, and nobody hears so. */
  #cutAfter(client: WiredClient, args: unknown[]): unknown {
    const lost = (): Error => {
      client.connection.stream.destroy();
      return new Error('Connection terminated unexpectedly');
    };
    const callback = args.findLastIndex((argument) => typeof argument === 'function');
    if (callback < 0) return (this.#query.apply(client, args) as Promise<unknown>).then(() => Promise.reject(lost()));
    const heard = args[callback] as Callback;
    return this.#query.apply(
      client,
      args.with(callback, (error: Error | null) => heard(error ?? lost())),
    );
  }
}
