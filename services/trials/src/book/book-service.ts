import { ManualClock, newId, TOPICS_TO_MAKE, type DomainEvent } from '@millrace/contracts';
import type { AnswerOf, Description } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { PostgresEventLog, type EventHandler, type ReceivedEvent } from '@millrace/messaging';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { CloseBook } from '@millrace/post-loan-monitoring/close-book';
import {
  ApplyDecidedTasks,
  buildService,
  createLogger,
  encodePrincipal,
  loadConfig,
  openPool,
  prepareDatabases,
  PRINCIPAL_HEADER,
  startEmbeddedPostgres,
  type BuiltService,
  type Principal,
  type Ticker,
} from '@millrace/service';
import { StopList } from '@millrace/standalone';
import { randomSecret } from '@millrace/standalone/secrets';
import { decideTask, listTasks } from '@millrace/tasks';
import type pg from 'pg';

const DATABASE = 'millrace';
export const TENANT = 'demo';
const PARTNER: Principal = { kind: 'partner', id: 'demo-partner', tenantId: TENANT, roles: [], requestId: 'book' };

/** A person of the lender. */
export const staffOf = (id: string, ...roles: Principal['roles']): Principal => ({ kind: 'staff', id, tenantId: TENANT, roles, requestId: 'book' });

/** post-loan-monitoring with all that handles and nothing that moves by itself: whoever has it moves the clock, and does what would come from outside. */
export class BookService {
  readonly #stops = new StopList();
  readonly #token = randomSecret();
  readonly clock: ManualClock;
  #isLeaving = false;
  #built!: BuiltService;
  #closing!: CloseBook;
  /** With the rights of the tables' owner, to look into the books. */
  admin!: pg.Pool;

  constructor(startOn: IsoDate) {
    this.clock = new ManualClock(new Date(`${startOn}T00:00:00+08:00`));
  }

  async start(directory: string): Promise<void> {
    // A connection that ends with its server is no trouble any more.
    const onError = (error: Error): void => {
      if (!this.#isLeaving) throw error;
    };
    const postgres = await startEmbeddedPostgres({ dataDirectory: directory, durable: false });
    this.#stops.add(() => postgres.stop());
    const urls = await prepareDatabases({ adminUrl: postgres.adminUrl, database: DATABASE, rolePassword: randomSecret(), definitions: [postLoanMonitoring] });
    const adminUrl = new URL(postgres.adminUrl);
    adminUrl.pathname = `/${DATABASE}`;
    this.admin = openPool({ connectionString: adminUrl.toString(), max: 1, options: `-c search_path=${postLoanMonitoring.schema}` }, onError);
    this.#stops.add(() => this.admin.end());
    const log = await PostgresEventLog.open({ connectionString: urls.eventLog, onError });
    this.#stops.add(() => log.close());
    await log.createTopics(TOPICS_TO_MAKE);
    const config = loadConfig(postLoanMonitoring.config, {
      MILLRACE_INTERNAL_TOKEN: this.#token,
      MILLRACE_POST_LOAN_MONITORING_DATABASE_URL: urls.of(postLoanMonitoring.schema),
    });
    this.#built = await buildService(postLoanMonitoring, { config, clock: this.clock, log, logger: createLogger(postLoanMonitoring.name, 'error') });
    this.#stops.add(() => this.#built.close());
    await this.#built.app.init();
    await this.#built.app.getHttpAdapter().getInstance().ready();
    this.#closing = new CloseBook(this.#built.runner, this.clock);
  }

  async stop(): Promise<void> {
    this.#isLeaving = true;
    await this.#stops.run();
  }

  /** Moves the clock to a time of a business date, `HH:MM`. */
  goTo(day: IsoDate, time: string): void {
    this.clock.set(new Date(`${day}T${time}:00+08:00`));
  }

  /** Gives an event to its handler, as the consumer does. */
  async deliver(event: DomainEvent<unknown>): Promise<void> {
    const consumed = postLoanMonitoring.consumes.find(({ eventClass }) => event instanceof eventClass);
    if (!consumed) throw new Error(`nobody handles ${event.constructor.name}`);
    const { runner, modules } = this.#built;
    const received = { payload: event, id: newId(), source: 'book' } as unknown as ReceivedEvent<never>;
    const handler = modules.get<EventHandler<never>>(consumed.handler, { strict: false });
    await runner.run({ actor: { kind: 'system', id: 'bank' }, causationId: received.id }, (tx) => handler.handle(received, tx));
  }

  /** Asks the service as the gateway does, without a network between. Throws on a refusal. */
  async ask<D extends Description>(_: D, method: 'GET' | 'PUT', path: string, by: Principal = PARTNER, body?: object): Promise<AnswerOf<D>> {
    const answer = await this.#built.app.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${this.#token}`, [PRINCIPAL_HEADER]: encodePrincipal(by) },
      ...(body ? { payload: body } : {}),
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.payload}`);
    return JSON.parse(answer.payload) as AnswerOf<D>;
  }

  /** Two persons say the same about the open task of a kind whose subject has this id. */
  async agree(kindName: string, subjectId: string, decision: string, reason: string, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
    const { runner } = this.#built;
    const kind = postLoanMonitoring.taskKinds.find((handled) => handled.kind.kind === kindName)!.kind;
    const tasks = await listTasks(runner.pool, { kinds: [kindName], status: 'open', limit: 1_000 });
    const task = tasks.find(({ subject }) => Object.values(subject).includes(subjectId));
    if (!task) throw new Error(`there is no open task ${kindName} about ${subjectId}`);
    for (const name of ['Li Na', 'Wang Wei']) {
      const saying = { decision, parameters, reason, by: { name, roles: 'operator' } } as const;
      await runner.run({ actor: { kind: 'system', id: 'lendctl' }, causationId: task.taskId }, (tx) =>
        decideTask(tx, kind, task.taskId, saying, this.clock.now()),
      );
    }
    const { modules, logger } = this.#built;
    await new ApplyDecidedTasks(postLoanMonitoring, { modules, runner, clock: this.clock, logger }).tick();
  }

  /** Everything that the service does by itself as time goes on; days that are closed already are left alone. */
  async tick(): Promise<void> {
    for (const { ticker } of postLoanMonitoring.tickers) await this.#built.modules.get<Ticker>(ticker, { strict: false }).tick();
  }

  async close(day: IsoDate): Promise<void> {
    await this.#closing.closeTenant(TENANT, day);
  }
}
