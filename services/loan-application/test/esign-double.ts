import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request to the e-signature service. */
export interface SignatureCall {
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly body: { readonly contractSha256?: string };
}

/** What the service does with the next request: sign, refuse, or sign and then never answer. */
export type EsignMode = 'sign' | 'refuse' | 'sign_and_hang';

/** An HTTP server with the e-signature service's contract that keeps every call; a signature id is signed once, whoever asks again. */
export class EsignDouble {
  readonly calls: SignatureCall[] = [];
  mode: EsignMode = 'sign';
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as SignatureCall['body'];
        const mode = this.mode;
        this.calls.push({ path: request.url ?? '', idempotencyKey: request.headers['idempotency-key'] as string | undefined, body });
        if (mode === 'sign_and_hang') return void (this.mode = 'sign');
        const outcome =
          mode === 'refuse'
            ? { status: 'refused' }
            : { status: 'signed', certificateSerial: 'CA-0001', signedAt: '2026-03-02T01:05:00.000Z', contractSha256: body.contractSha256 };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(outcome));
      });
    });
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }
}
