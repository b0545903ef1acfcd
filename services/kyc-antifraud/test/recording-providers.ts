import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { TestPerson } from './verified-firm.js';

/** Parts of docs/provider-contract.md that a verification asks. */
export type Party = 'identity' | 'registry' | 'tax' | 'invoices' | 'watchlists' | 'courts' | 'enterprise-queries' | 'personal-queries';

/** One request that reached a provider. */
export interface RecordedCall {
  readonly method: string;
  readonly party: Party;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** Answers by party; a number is a status with an empty problem, null a 404. */
export type Answers = Readonly<Partial<Record<Party, object | number | null>>>;

const HEADER = 'direction,invoice_no,issued_on,counterparty,amount_yuan,tax_yuan,total_yuan,status';
const SALES = Array.from(
  { length: 40 },
  (_, index) => `sale,${index},2026-02-${String((index % 28) + 1).padStart(2, '0')},B${index % 9},1000.00,130.00,1130.00,valid`,
);
const MONTH = '2026-02';
const BATCH = gzipSync(`${HEADER}\n${SALES.join('\n')}\n`);

/** What a firm without blemish looks like at every provider: revenue 40,000.00 invoiced. */
export const CLEAN = {
  identity: { nameMatched: true, idMatched: true, phoneMatched: true, faceScore: 0.97, livenessScore: 0.96, deviceTampered: false },
  registry: {
    name: '样例商贸有限公司',
    status: 'active',
    establishedOn: '2022-09-01',
    industryCode: 'I65',
    region: '990100',
    registeredCapitalMinor: '100000000',
    legalRepresentativeSince: '2022-09-01',
    abnormalListed: false,
    seriousViolation: false,
    relatedCounterparties: [],
  },
  tax: { taxClass: 'B', taxPaid12mMinor: '18000000', arrearsMinor: '0', declaredAnnualRevenueMinor: '4000000', statement: null },
  invoices: {
    batchId: 'batch-1',
    sha256: createHash('sha256').update(BATCH).digest('hex'),
    invoiceCount: 40,
    firstMonth: MONTH,
    lastMonth: MONTH,
    referenceMonth: MONTH,
  },
  watchlists: { hits: [] },
  courts: { dishonestDebtor: false, legalRepresentativeDishonest: false, enforcementCases: 0, enforcementAmountMinor: '0' },
  'enterprise-queries': { found: true, overdueNow: false, maxOverdueDays: 0, totalDebtMinor: '20000000', unsecuredDebtMinor: '0', lenderCount: 1 },
  'personal-queries': { found: true, overdueNow: false, maxOverdueDays: 0 },
} as const satisfies Record<Party, object>;

/** An HTTP server that answers as docs/provider-contract.md has it and keeps every call; each firm (USCC) may have answers of its own. */
export class RecordingProviders {
  readonly calls: RecordedCall[] = [];
  readonly #batches = new Map<string, Buffer>([['batch-1', BATCH]]);
  readonly #special = new Map<string, Answers>();
  /** Who asked for a firm: the registry names that person as its legal representative and owner. */
  readonly #people = new Map<string, TestPerson>();
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

  /** Answers about one firm, or about a person by its id number, from now on, over the clean ones. */
  set(uscc: string, answers: Answers): void {
    this.#special.set(uscc, answers);
  }

  /** Keeps a batch of these lines under the header, and gives the answer to an order of it. */
  batch(lines: readonly string[], encode: (text: string) => Buffer = (text) => Buffer.from(text)): object {
    const bytes = encode([HEADER, ...lines].join('\n'));
    const batchId = `batch-${this.#batches.size + 1}`;
    this.#batches.set(batchId, bytes);
    return { ...CLEAN.invoices, batchId, sha256: createHash('sha256').update(bytes).digest('hex'), invoiceCount: lines.length };
  }

  /** Calls about a firm, in order of arrival; bureau queries on its legal representative too. */
  about(uscc: string): RecordedCall[] {
    return this.calls.filter((call) => this.#subject(call) === uscc);
  }

  /** Which parties were asked about a firm, each as often as it was. */
  asked(uscc: string): Party[] {
    return this.about(uscc).map(({ party }) => party);
  }

  #subject({ path, body }: RecordedCall): string | undefined {
    const subjects = body['subjects'] as { uscc?: string }[] | undefined;
    const named = (body['uscc'] as string | undefined) ?? subjects?.[0]?.uscc;
    if (named) return named;
    const idNumber = body['idNumber'] as string | undefined;
    if (idNumber !== undefined && this.#special.has(idNumber)) return idNumber;
    const owner = [...this.#people].find(([, person]) => person.idNumber === idNumber);
    return owner?.[0] ?? path.split('/').at(-1);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const batch = this.#batches.get(path.split('/v1/invoices/batches/')[1] ?? '');
    if (batch) {
      response.setHeader('content-type', 'application/gzip').end(batch);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>) : {};
    const [, version, first, second] = path.split('/');
    const party = (first === 'bureau' ? second : first) as Party;
    if (party === 'identity' && typeof body['uscc'] === 'string') this.#people.set(body['uscc'], body as unknown as TestPerson);
    const call: RecordedCall = { method: request.method ?? '', party, path, body };
    this.calls.push(call);
    const answer = version === 'v1' ? this.#answerTo(call) : null;
    response.statusCode = typeof answer === 'number' ? answer : answer === null ? 404 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(typeof answer === 'object' && answer !== null ? JSON.stringify(answer) : '{}');
  }

  #answerTo(call: RecordedCall): object | number | null {
    const uscc = this.#subject(call)!;
    const special = this.#special.get(uscc)?.[call.party];
    if (special !== undefined) return special;
    if (call.party !== 'registry') return CLEAN[call.party] ?? null;
    const { name, idNumber } = this.#people.get(uscc)!;
    return { ...CLEAN.registry, uscc, legalRepresentative: { name, idNumber }, owners: [{ name, idNumber, sharePercent: 100 }] };
  }
}
