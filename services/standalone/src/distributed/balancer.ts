import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a cluster's Service is on this machine: connections to one address go to the instances in turn, past those that are away. */
export class Balancer {
  readonly #server: Server = createServer((client) => this.#take(client));
  readonly #open = new Set<Socket>();
  #connections = 0;

  private constructor(private readonly instances: readonly URL[]) {}

  /** Listens at a free port. */
  static async start(instances: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(instances.map((url) => new URL(url)));
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  #take(client: Socket): void {
    this.#keep(client);
    this.#forward(client, this.#connections++, this.instances.length);
  }

  /** Tries `left` more instances; a client for whom there is none is hung up on, as it would be by a port where nobody listens. */
  #forward(client: Socket, at: number, left: number): void {
    if (left === 0 || client.destroyed) return void client.destroy();
    const { hostname, port } = this.instances[at % this.instances.length]!;
    const instance = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#keep(instance);
    const next = (): void => this.#forward(client, at + 1, left - 1);
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
