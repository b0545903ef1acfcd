import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for a signature. */
export interface SignatureCall {
  readonly path: string;
  readonly body: {
    readonly documentSha256: string;
    readonly signerUscc?: string;
    readonly signerRef?: string;
    readonly signerRole: 'borrower' | 'guarantor' | 'lender';
  };
}

/** What the service does with the next requests: sign, decline, sign with a key that is not the certificate's, or sign once and never answer. */
export type EsignMode = 'sign' | 'decline' | 'forge' | 'sign_and_hang';

/** An HTTP server with the e-signature part of docs/provider-contract.md that keeps every call; real Ed25519 signatures, the same answer to the same id. */
export class EsignDouble {
  readonly calls: SignatureCall[] = [];
  mode: EsignMode = 'sign';
  /** The suite's now; the borrower signs four minutes after it, the lender five. */
  now: () => Date = () => new Date('2026-03-02T01:00:00Z');
  /** Said instead of the truth where it is set. */
  saidSignedAt: string | undefined;
  readonly #answers = new Map<string, object>();
  readonly #certified = generateKeyPairSync('ed25519');
  readonly #other = generateKeyPairSync('ed25519');
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** Requests for one document, in order. */
  about(documentSha256: string): SignatureCall[] {
    return this.calls.filter(({ body }) => body.documentSha256 === documentSha256);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    response.setHeader('content-type', 'application/json');
    if (path.startsWith('/v1/esign/certificates/')) {
      const publicKeyPem = this.#certified.publicKey.export({ type: 'spki', format: 'pem' });
      const serial = path.split('/').at(-1);
      response.end(JSON.stringify({ serial, algorithm: 'Ed25519', publicKeyPem, issuedAt: '2026-01-01T00:00:00.000Z' }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: SignatureCall = { path, body: JSON.parse(Buffer.concat(chunks).toString()) as SignatureCall['body'] };
    this.calls.push(call);
    if (!this.#answers.has(path)) this.#answers.set(path, this.#answerTo(call));
    if (this.mode === 'sign_and_hang') this.mode = 'sign';
    else response.end(JSON.stringify(this.#answers.get(path)));
  }

  #answerTo({ path, body: { documentSha256, signerRole } }: SignatureCall): object {
    const signatureId = path.split('/').at(-1);
    if (this.mode === 'decline') return { signatureId, status: 'declined', documentSha256, certificateSerial: null, signedAt: null, signature: null };
    const { privateKey } = this.mode === 'forge' ? this.#other : this.#certified;
    return {
      signatureId,
      status: 'signed',
      documentSha256,
      certificateSerial: `CA-${signerRole}`,
      signedAt: this.saidSignedAt ?? new Date(this.now().getTime() + (signerRole === 'lender' ? 300_000 : 240_000)).toISOString(),
      signature: signatureOf(documentSha256, privateKey),
    };
  }
}

function signatureOf(documentSha256: string, privateKey: KeyObject): string {
  return sign(null, Buffer.from(documentSha256, 'hex'), privateKey).toString('base64');
}
