import {
  ApiClient,
  applicationOf,
  GatewayProblem,
  standingOf,
  type ApplicationView,
  type BodyArgument,
  type ReviewTaskView,
  type SandboxFirm,
} from '@millrace/client';
import { newId, TOPICS_TO_MAKE } from '@millrace/contracts';
import {
  ACCEPT_OFFER,
  LIST_REPAYMENTS,
  LIST_REVIEW_TASKS,
  RECORD_REPAYMENT,
  SHOW_APPLICATION,
  SHOW_LOAN,
  SHOW_OFFER,
  SIGN_CONTRACT,
  SUBMIT_APPLICATION,
  type BodyOf,
  type ParametersOf,
  type ReplyOf,
  type Route,
  type FileBody,
} from '@millrace/contracts/api';
import { openInstallation } from '@millrace/lendctl/installation';
import type { VerifiedInvariant } from '@millrace/lendctl/invariant';
import { verifyInstallation } from '@millrace/lendctl/verify-installation';
import { LENDER_ACCOUNT } from '@millrace/standalone/ready-made-clients';
import { until } from '@millrace/testing';
import type { StagedSystem } from './staged-system.js';

/** Answer of an HTTP call. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests of single answers read JSON of many shapes
  readonly body: any;
}

/** An event on the log, with everything that it carries as text. */
export interface LoggedEvent {
  readonly type: string;
  readonly text: string;
}

/** For a machine that does other work: every step comes within moments on a free one. */
const STEP_TIMEOUT_MS = 60_000;
const BATCH_RECORDS = 500;
/** More than the interval at which the bank's statement is read. */
const READING_MS = 5_000;
const LOOKS_PER_READING = 40;
/** What is under way has so long to arrive before an invariant is held against it. */
const VERIFY_GRACE_MS = 0;

/** As `until`, with the patience of a scenario: a whole lender does the step, perhaps beside other work. */
export function eventually<T>(what: string, look: () => Promise<T | false | undefined | null>): Promise<T> {
  return until(look, what, STEP_TIMEOUT_MS);
}

/** Application of a loan that is paid out. */
export type PaidApplication = ApplicationView & { readonly loanId: string };

/** Asks as one of a stage's clients, once: what a scenario sees is the first answer. */
class StagedClient extends ApiClient {
  constructor(
    private readonly stage: Stage,
    private readonly clientId: string,
  ) {
    super();
  }

  override async call<T>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<T> {
    const { status, body: answer } = await this.stage.call(this.clientId, method, path, body);
    if (status < 300) return answer as T;
    throw new GatewayProblem(status, String((answer as { code?: string }).code), `${method} ${path} was refused: ${JSON.stringify(answer)}`);
  }
}

/** How a customer pays, where it is not the ready-made lender's. */
interface RepayOptions {
  readonly partner?: string;
  readonly account?: string;
  /** The bank's name of the transfer; the bank makes one where it is not given. */
  readonly bankReference?: string;
  /** Who pays; the borrower where it is left out. */
  readonly payerName?: string;
  readonly payerAccount?: string;
}

/** Acts on a lender from outside, as partners, staff and the outside parties do: everything goes over HTTP; the books are looked at as operators do. */
export class Stage<System extends StagedSystem = StagedSystem> {
  readonly #tokens = new Map<string, string>();

  /** `secrets` are those of clients that the system was given; its ready-made ones otherwise. */
  constructor(
    readonly system: System,
    private readonly secrets?: Readonly<Record<string, string>>,
  ) {}

  /** Asks for a described route as one of the clients; a refusal is an error. */
  ask<R extends Route>(client: string, route: R, parameters: ParametersOf<R>, ...body: BodyArgument<R>): Promise<ReplyOf<R>> {
    return new StagedClient(this, client).ask(route, parameters, ...body);
  }

  /** As {@link ask}; undefined where the client is told that there is no such thing. */
  async find<R extends Route>(client: string, route: R, parameters: ParametersOf<R>, ...body: BodyArgument<R>): Promise<ReplyOf<R> | undefined> {
    return this.ask(client, route, parameters, ...body).catch((error: unknown) => {
      if (error instanceof GatewayProblem && error.status === 404) return undefined;
      throw error;
    });
  }

  /** As {@link ask}, for what is to be refused: answers how, and a yes is an error. */
  async refusal<R extends Route>(client: string, route: R, parameters: ParametersOf<R>, ...body: BodyArgument<R>): Promise<GatewayProblem> {
    const answer = await this.ask(client, route, parameters, ...body).catch((error: unknown) => error);
    if (answer instanceof GatewayProblem) return answer;
    throw answer instanceof Error ? answer : new Error(`${client} was not refused ${route.name}: ${JSON.stringify(answer)}`);
  }

  /** A call by its address, for what no description has; a body that is a string goes out as it is. */
  async call(client: string, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.send(method, path, { authorization: `Bearer ${await this.#token(client)}` }, body);
  }

  /** Uploads a file. */
  async sendFile(client: string, path: string, { mediaType, bytes }: FileBody): Promise<Answer> {
    return this.send('PUT', path, { authorization: `Bearer ${await this.#token(client)}`, 'content-type': mediaType }, bytes);
  }

  /** A read by its address, answered in a language. */
  async readIn(language: string, client: string, path: string): Promise<Answer> {
    return this.send('GET', path, { authorization: `Bearer ${await this.#token(client)}`, 'accept-language': language });
  }

  /** As {@link call}, with headers of the caller's own. */
  async send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const isFile = body instanceof Uint8Array;
    const json = body === undefined || isFile ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, this.system.gatewayUrl), {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' || isFile ? (body as string) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  }

  /** A call to the sandbox's control or to a provider. */
  async sandbox(method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await fetch(new URL(path, this.system.sandboxUrl), {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`sandbox ${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Makes a firm at every outside party. */
  async firm(firmId: string, profile: Readonly<Record<string, unknown>>): Promise<SandboxFirm> {
    return (await this.sandbox('PUT', `/sandbox/firms/${firmId}`, profile)) as SandboxFirm;
  }

  /** Submits the firm's application; `change` goes over its fields. */
  async apply(firm: SandboxFirm, change: Partial<BodyOf<typeof SUBMIT_APPLICATION>> = {}, applicationId = newId(), partner = 'demo-partner'): Promise<string> {
    await this.ask(partner, SUBMIT_APPLICATION, { applicationId }, { ...applicationOf(firm, this.system.now()), ...change });
    return applicationId;
  }

  /** Waits until the application, or its drawdown or loan once there is one, is in a status; answers the view as its partner sees it. */
  async reaches(applicationId: string, status: string, partner = 'demo-partner'): Promise<ApplicationView> {
    let last = '';
    return eventually(status, async () => {
      const view = await this.ask(partner, SHOW_APPLICATION, { applicationId });
      last = standingOf(view);
      return (last === status || view.status === status) && view;
    }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; the application is in ${last}`);
    });
  }

  /** Reads the offer, accepts it and signs; the money is under way then. */
  async sign(applicationId: string, partner = 'demo-partner'): Promise<void> {
    await this.reaches(applicationId, 'OFFERED', partner);
    const { offerId } = await this.ask(partner, SHOW_OFFER, { applicationId });
    await this.ask(partner, ACCEPT_OFFER, { applicationId, acceptanceId: newId() }, { offerId, costSheetAcknowledged: true });
    const { contract } = await this.reaches(applicationId, 'CONTRACTING', partner);
    await this.ask(partner, SIGN_CONTRACT, { applicationId, signatureId: newId() }, { contractSha256: contract!.contractSha256 });
  }

  /** Waits for the money and for the loan account, which follows it by an event. */
  async paid(applicationId: string, partner = 'demo-partner'): Promise<PaidApplication> {
    const active = await this.reaches(applicationId, 'ACTIVE', partner);
    const loanId = active.loanId!;
    await eventually('the loan account', () => this.find(partner, SHOW_LOAN, { loanId }));
    return { ...active, loanId };
  }

  /** Reads the offer, accepts it, signs, and waits for the money. */
  async takeOffer(applicationId: string, partner = 'demo-partner'): Promise<PaidApplication> {
    await this.sign(applicationId, partner);
    return this.paid(applicationId, partner);
  }

  /** The customer pays into the lender's account, naming the loan; answers its reference once the bank's statement has brought it into the books (S16). */
  async repay(loanId: string, amountMinor: string, valueOn: string, { partner = 'demo-partner', ...how }: RepayOptions = {}): Promise<string> {
    const payer = { payerName: '借款企业', payerAccount: '9900000000001234', remittance: `还款 ${loanId}` };
    const transfer = { account: LENDER_ACCOUNT, amountMinor, currency: 'CNY', valueOn, ...payer, ...how };
    const { bankReference } = (await this.sandbox('PUT', `/sandbox/transfers/${newId()}`, transfer)) as { bankReference: string };
    let looks = 0;
    await eventually('the money on the loan', async () => {
      // The clock of a stage stands still, and the statement is read again only after a while by it.
      if (looks++ % LOOKS_PER_READING === 0) await this.moveTo(new Date(this.system.now().getTime() + READING_MS));
      const { items } = await this.ask(partner, LIST_REPAYMENTS, { loanId });
      return items.some((repayment) => repayment.bankReference === bankReference);
    });
    return bankReference;
  }

  /** A partner tells of money for a loan, which moves nothing; answers how it stands. */
  async report(
    loanId: string,
    amountMinor: string,
    receivedOn: string,
    { repaymentId = newId(), bankReference = `STAGE-${repaymentId}` }: { readonly repaymentId?: string; readonly bankReference?: string } = {},
  ): Promise<ReplyOf<typeof RECORD_REPAYMENT>> {
    return this.ask('demo-partner', RECORD_REPAYMENT, { loanId, repaymentId }, { amountMinor, currency: 'CNY', receivedOn, bankReference });
  }

  /** What the bank has paid to an account by its own count; undefined where nothing was. */
  async paidTo(accountNumber: string): Promise<{ readonly debits: number; readonly totalMinor: string } | undefined> {
    const { payees } = (await this.sandbox('GET', '/sandbox/counters')) as { payees: { payeeAccount: string; debits: number; totalMinor: string }[] };
    const payee = payees.find(({ payeeAccount }) => payeeAccount === accountNumber);
    return payee && { debits: payee.debits, totalMinor: payee.totalMinor };
  }

  /** The open review task of an application, or undefined. */
  async openTask(applicationId: string, officer = 'demo-risk-officer'): Promise<ReviewTaskView | undefined> {
    const { items } = await this.ask(officer, LIST_REVIEW_TASKS, { status: 'open', limit: 200 });
    return items.find((task) => task.applicationId === applicationId);
  }

  /** Every event of an application or loan on the log, in order of topic, partition and offset. */
  async eventsOf(key: string): Promise<LoggedEvent[]> {
    const installation = await openInstallation({ environment: this.system.installation });
    const found: LoggedEvent[] = [];
    try {
      for (const { name: topic } of TOPICS_TO_MAKE)
        for (const { partition, earliest } of await installation.log.offsets(topic))
          for await (const record of installation.log.read({ topic, partition, offset: earliest }, { batchRecords: BATCH_RECORDS })) {
            const { headers, value } = record;
            if (record.key !== key && headers['ce_correlationid'] !== key) continue;
            found.push({ type: headers['ce_type'] ?? '', text: JSON.stringify(headers) + value.toString('utf8') });
          }
    } finally {
      await installation.close();
    }
    return found;
  }

  /** Everything that `lendctl verify` looks at, once nothing is under way any more. */
  async verify(): Promise<readonly VerifiedInvariant[]> {
    const installation = await openInstallation({ environment: this.system.installation, clock: { now: () => this.system.now() } });
    try {
      let last: readonly VerifiedInvariant[] = [];
      // The last events and their marks are still on their way when a caller has seen the last status.
      await eventually('books that agree', async () => {
        last = await verifyInstallation(installation, VERIFY_GRACE_MS);
        return last.every(({ findings }) => findings.length === 0);
      }).catch(() => undefined);
      return last;
    } finally {
      await installation.close();
    }
  }

  /** Moves the clock; tokens of before may have run out. */
  async moveTo(time: Date): Promise<void> {
    await this.system.moveTo(time);
    this.#tokens.clear();
  }

  /** Moves the clock forward. */
  async pass(milliseconds: number): Promise<void> {
    await this.moveTo(new Date(this.system.now().getTime() + milliseconds));
  }

  async #token(client: string): Promise<string> {
    const known = this.#tokens.get(client);
    if (known) return known;
    const body = { grant_type: 'client_credentials', client_id: client, client_secret: (this.secrets ?? this.system.clientSecrets)[client] };
    const { status, body: answer } = await this.send('POST', '/v1/oauth/token', {}, body);
    if (status !== 200) throw new Error(`no token for ${client}: ${status} ${JSON.stringify(answer)}`);
    this.#tokens.set(client, answer.access_token);
    return answer.access_token;
  }
}
