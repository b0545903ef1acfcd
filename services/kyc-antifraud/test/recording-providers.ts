import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** One request that reached a provider. */
export interface RecordedCall {
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly body: Record<string, unknown>;
  readonly at: number;
}

/** Answers by kind of query; a number is a status with no body. */
export type Answers = Readonly<Record<string, unknown>>;

const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
const SALES = Array.from(
  { length: 40 },
  (_, index) => `sale,${index},2020-01-${String((index % 28) + 1).padStart(2, '0')},B${index % 9},1000.00,130.00,1130.00,valid`,
);
export const BATCH = gzipSync(`${HEADER}\n${SALES.join('\n')}\n`);

/** What a firm without blemish looks like at every provider: revenue 40,000.00 invoiced. */
export const CLEAN_ANSWERS: Answers = {
  identity: { matched: true, faceScore: 0.97, livenessScore: 0.96, deviceTampered: false },
  registry: {
    status: 'active',
    industryCode: 'I65',
    foundedOn: '2022-09-01',
    legalRepresentativeName: '测试甲',
    legalRepresentativeSince: '2022-09-01',
    abnormalListed: false,
  },
  tax: { taxClass: 'B', taxPaid12mMinor: '18000000', cfads12mMinor: '42000000', statement: null },
  invoices: { batchId: 'batch-1', sha256: createHash('sha256').update(BATCH).digest('hex'), invoiceCount: 40, referenceMonth: '2020-01' },
  watchlists: { outcome: 'clear' },
  courts: { dishonestDebtor: false, enforcementCases: 0 },
  'enterprise-queries': { recordFound: true, overdueNow: false, totalDebtMinor: '20000000', unsecuredDebtMinor: '0', lenderCount: 1 },
  'personal-queries': { recordFound: true, overdueNow: false },
};

/** An HTTP server that answers as providers do and keeps every call; each firm (USCC) or person (id number) may have answers of its own. */
export class RecordingProviders {
  readonly calls: RecordedCall[] = [];
  readonly #special = new Map<string, Answers>();
  #server: Server | undefined;

  async start(): Promise<string> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  /** Answers for one subject from now on, over the clean ones. */
  set(subject: string, answers: Answers): void {
    this.#special.set(subject, answers);
  }

  /** Calls about a firm or its person, in order of arrival. */
  about(...subjects: readonly string[]): RecordedCall[] {
    return this.calls.filter((call) => subjects.includes(String(call.body['uscc'])) || subjects.includes(String(call.body['idNumber'])));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.startsWith('/invoices/batches/')) {
      response.end(BATCH);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    this.calls.push({ path, idempotencyKey: request.headers['idempotency-key'] as string | undefined, body, at: this.calls.length });
    const [, party, kind] = path.split('/');
    const name = party === 'bureau' ? kind! : party!;
    const special = [body['uscc'], body['idNumber']].map((subject) => this.#special.get(String(subject))?.[name]).find((answer) => answer !== undefined);
    const answer = special ?? CLEAN_ANSWERS[name];
    response.statusCode = typeof answer === 'number' ? answer : answer === undefined ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(typeof answer === 'object' ? JSON.stringify(answer) : '{}');
  }
}
