import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the party answers the next matters: as it should, with a refusal, not at all though it has taken them in, or as if the call had never reached it. */
export type PartyMood = 'answers' | 'refuses' | 'silent' | 'deaf';

/** A matter that the party has taken in. */
export interface TakenIn {
  readonly path: string;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A party that is told matters in writing, each once by its id (docs/provider-contract.md), for tests. */
export class PartyDouble {
  mood: PartyMood = 'answers';
  readonly taken: TakenIn[] = [];
  /** Every call, also one that nothing came of. */
  readonly calls: string[] = [];
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(
        ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        () => request.socket.destroy(),
      );
    });
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** What was taken in about a loan. */
  about(loanId: string): TakenIn[] {
    return this.taken.filter(({ body }) => body['loanId'] === loanId);
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const [path, id] = [request.url!.slice(0, request.url!.lastIndexOf('/')), request.url!.slice(request.url!.lastIndexOf('/') + 1)];
    this.calls.push(`${request.method} ${request.url}`);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (this.mood === 'deaf') throw new Error('the call is lost');
    const known = this.taken.find((one) => one.id === id);
    if (request.method === 'GET') return known ? this.#done(id) : { status: 404, body: { code: 'NOT_FOUND' } };
    if (this.mood === 'refuses') return { status: 200, body: { id, status: 'refused', reference: `R-${id}`, reason: 'SUBJECT_UNKNOWN' } };
    if (!known) this.taken.push({ path, id, body: JSON.parse(text) as TakenIn['body'] });
    if (this.mood === 'silent') throw new Error('no answer comes');
    return this.#done(id);
  }

  readonly #done = (id: string) => ({ status: 200, body: { id, status: 'done', reference: `R-${id}`, doneAt: null, reason: null } });
}
