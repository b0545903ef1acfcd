import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InvoiceBatchRef } from '@millrace/contracts';
import { invoiceBatch, INVOICE_HEADER } from './invoice-batch.js';

const PATH = '/v1/invoices/batches/';

/** How the provider answers one call: with a status and no batch, with silence, with half a batch, or with the batch. */
export type Behaviour = number | 'silence' | 'break' | 'batch';

/** An HTTP server that keeps batches as docs/provider-contract.md says, and fails where the suite says so. */
export class InvoiceProvider {
  readonly #batches = new Map<string, Buffer>();
  readonly #plans = new Map<string, Behaviour[]>();
  readonly #calls = new Map<string, number>();
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** Keeps a batch and says how the first calls for it are answered; the last behaviour repeats. */
  keep(batchId: string, invoiceCount = 400, ...plan: Behaviour[]): InvoiceBatchRef {
    const { ref, bytes } = invoiceBatch(batchId, invoiceCount);
    this.#batches.set(batchId, bytes);
    this.#plans.set(batchId, plan.length > 0 ? plan : ['batch']);
    return ref;
  }

  /** Keeps a batch of these lines under the header of the format. */
  keepLines(batchId: string, lines: readonly string[]): InvoiceBatchRef {
    const bytes = Buffer.from([INVOICE_HEADER, ...lines].join('\n'));
    this.#batches.set(batchId, bytes);
    this.#plans.set(batchId, ['batch']);
    return { batchId, sha256: createHash('sha256').update(bytes).digest('hex'), invoiceCount: lines.length, referenceMonth: '2020-02' };
  }

  /** Calls for a batch so far. */
  calls(batchId: string): number {
    return this.#calls.get(batchId) ?? 0;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const batchId = request.url?.startsWith(PATH) ? request.url.slice(PATH.length) : '';
    const bytes = this.#batches.get(batchId);
    const plan = this.#plans.get(batchId) ?? [404];
    const call = this.calls(batchId);
    this.#calls.set(batchId, call + 1);
    const behaviour = plan[Math.min(call, plan.length - 1)]!;
    if (behaviour === 'silence') return;
    if (typeof behaviour === 'number' || !bytes) {
      response.writeHead(typeof behaviour === 'number' ? behaviour : 404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/gzip', 'content-length': bytes.length });
    if (behaviour === 'batch') response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }
}
