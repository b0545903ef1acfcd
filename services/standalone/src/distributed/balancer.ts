import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** An instance, and where it says whether it is ready. */
interface BalancedInstance {
  readonly url: string;
  readonly operationsUrl: string;
}

const LOOK_EVERY_MS = 250;
const LOOK_TIMEOUT_MS = 2_000;

/**
 * What a cluster's Service is on this machine: connections to one address go to the instances in turn, past those that say that they are not ready or are
 * away. Where none says that it is, all are tried.
 */
export class Balancer {
  readonly #server: Server = createServer((client) => this.#take(client));
  readonly #open = new Set<Socket>();
  readonly #looking = new AbortController();
  #ready: readonly URL[];
  #connections = 0;

  private constructor(private readonly instances: readonly BalancedInstance[]) {
    this.#ready = instances.map(({ url }) => new URL(url));
    void this.#look();
  }

  /** Listens at a free port. */
  static async start(instances: readonly BalancedInstance[]): Promise<Balancer> {
    const balancer = new Balancer(instances);
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#looking.abort();
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  #take(client: Socket): void {
    this.#keep(client);
    // The ready ones first, then the others: one that has just become ready may not be known yet.
    const at = this.#connections++ % Math.max(1, this.#ready.length);
    const ready = [...this.#ready.slice(at), ...this.#ready.slice(0, at)];
    const others = this.instances.map(({ url }) => new URL(url)).filter(({ port }) => !ready.some((one) => one.port === port));
    this.#forward(client, [...ready, ...others]);
  }

  async #look(): Promise<void> {
    const { signal } = this.#looking;
    while (!signal.aborted) {
      const looks = this.instances.map(async ({ url, operationsUrl }) => ((await isReady(operationsUrl)) ? [new URL(url)] : []));
      this.#ready = (await Promise.all(looks)).flat();
      await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Tries them in turn; a client for whom there is none is hung up on, as it would be by a port where nobody listens. */
  #forward(client: Socket, [first, ...rest]: readonly URL[]): void {
    if (first === undefined || client.destroyed) return void client.destroy();
    const { hostname, port } = first;
    const instance = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#keep(instance);
    const next = (): void => this.#forward(client, rest);
    instance.once('error', next);
    instance.once('connect', () => {
      instance.off('error', next);
      instance.once('close', () => client.destroy());
      client.pipe(instance).pipe(client);
    });
    client.once('close', () => instance.destroy());
  }

  #keep(socket: Socket): void {
    // Either end may go away at any time; what follows is in its `close`.
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
  }
}

async function isReady(operationsUrl: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(new URL('/health/ready', operationsUrl), { headersTimeout: LOOK_TIMEOUT_MS, bodyTimeout: LOOK_TIMEOUT_MS });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
