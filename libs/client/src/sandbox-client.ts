import { request } from 'undici';

/** A firm as an applicant would know itself; `defaulted` only where a data folder says so, and never part of an application. */
export interface SandboxFirm {
  readonly firmId: string;
  readonly uscc: string;
  readonly name: string;
  readonly legalRepresentative: { readonly name: string; readonly idNumber: string; readonly mobile: string };
  readonly bankAccount: { readonly accountName: string; readonly accountNumber: string };
  readonly declaredRevenueMinor: string;
  readonly industryCode: string;
  readonly requestedAmountMinor: string;
  readonly tenorMonths: number;
  readonly defaulted?: boolean;
}

/** What a customer transfers to a lender (docs/provider-contract.md). */
export interface SandboxTransfer {
  readonly account: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly payerName: string;
  readonly payerAccount: string;
  /** What the payer writes; the loan is named by its id. */
  readonly remittance: string;
  readonly valueOn?: string;
  /** The bank's name of the transfer; the bank makes one where it is not given. */
  readonly bankReference?: string;
}

/** Control of the sandbox: which firms there are, and new ones. */
export class SandboxClient {
  constructor(private readonly url: string) {}

  /** Makes firms, of a mixture or of one kind; the same seed makes the same ones. */
  async generate(seed: number, count: number, mix?: string): Promise<SandboxFirm[]> {
    const { items } = await this.#call<{ items: SandboxFirm[] }>('POST', '/sandbox/firms/generate', { seed, count, ...(mix ? { mix } : {}) });
    return items;
  }

  /** Loads a data folder and answers its firms, and the month with which its data end (YYYY-MM; null for a folder without an invoice). */
  async loadDataSet(name: string, directory: string): Promise<{ firms: SandboxFirm[]; lastMonth: string | null }> {
    const { referenceMonth } = await this.#call<{ referenceMonth: string | null }>('PUT', `/sandbox/data-sets/${encodeURIComponent(name)}`, { directory });
    const firms: SandboxFirm[] = [];
    let cursor: string | null = '';
    do {
      const query: string = new URLSearchParams({ source: 'data', dataSet: name, limit: '500', ...(cursor ? { cursor } : {}) }).toString();
      const page: { items: SandboxFirm[]; nextCursor: string | null } = await this.#call('GET', `/sandbox/firms?${query}`);
      firms.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return { firms, lastMonth: referenceMonth };
  }

  /** A customer pays into a lender's account; the bank's statement shows it. The same id and content is the same transfer. */
  async pay(transferId: string, transfer: SandboxTransfer): Promise<{ readonly bankReference: string }> {
    return this.#call('PUT', `/sandbox/transfers/${transferId}`, transfer);
  }

  async #call<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<T> {
    const answer = await request(new URL(path, this.url), {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const content = (await answer.body.json()) as T & { code?: string; title?: string; detail?: string };
    if (answer.statusCode < 400) return content;
    throw new Error(`the sandbox refused ${method} ${path}: ${content.code ?? answer.statusCode} ${content.title ?? ''} ${content.detail ?? ''}`.trim());
  }
}
