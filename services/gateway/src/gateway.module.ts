import { allEventClasses, isVisibleToPartners, TASK_EVENTS, type Clock, type EventClass } from '@millrace/contracts';
import {
  COUNT_TASKS,
  LIST_SCORES,
  LIST_TASKS,
  PROPOSE_ACCOUNT,
  RECOMPUTE_SCORE,
  ROUTES,
  SHOW_APPLICATION_TIMELINE,
  SHOW_LOAN_TIMELINE,
  SUBMIT_APPLICATION,
  type Route,
} from '@millrace/contracts/api';
import { consume } from '@millrace/messaging';
import { CLOCK, defineService, LOGGER, MetricsRegistry, openSharedStore, SHARED_STORE, type BaseConfig, type SharedStore } from '@millrace/service';
import { Inject, Module, type OnModuleDestroy, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Logger } from 'pino';
import { AuthenticateGuard } from './access/authenticate.guard.js';
import { ContentTypeGuard } from './access/content-type.guard.js';
import { MeterRequests } from './access/meter-requests.js';
import { RoleGuard } from './access/role.guard.js';
import { readTrustedProxies } from './access/trusted-proxies.js';
import { ProposeAccount } from './account-change/propose-account.js';
import { SubmitApplication } from './application/submit-application.js';
import { StoredClient } from './client/client.entity.js';
import { ClientEpochs } from './client/client-epochs.js';
import { checkConfiguredClients } from './client/configured-client.js';
import { Clients } from './client/clients.js';
import { GatewayConfig } from './config.js';
import { configureGateway } from './configure-gateway.js';
import { HandOn, serveRoute, type RouteHandler } from './described/serve-route.js';
import { EventSchemaController } from './event-schema/event-schema.controller.js';
import { ServerMetadataController } from './token/server-metadata.controller.js';
import { IndexController } from './index.controller.js';
import { ReadScores } from './score/read-scores.js';
import { CheckOwner } from './timeline/check-owner.js';
import { OnLifecycleEvent, type LifecycleEvent } from './timeline/on-lifecycle-event.js';
import { ReadTimeline } from './timeline/read-timeline.js';
import { CountTasks, ListTasks } from './task/list-tasks.js';
import { OnTaskEvent, type TaskEvent } from './task/on-task-event.js';
import { ReadQueue } from './task/read-queue.js';
import { LoginAttempts } from './token/login-attempts.js';
import { readSigningKeys, SIGNING_KEYS } from './token/signing-key.js';
import { TokenController } from './token/token.controller.js';
import { Tokens } from './token/tokens.js';
import { Upstream } from './upstream/upstream.js';

/** Routes that take more than handing on; all others with an owner are handed on to it as they are described. */
const HANDLERS = new Map<Route, Type<RouteHandler>>([
  [SUBMIT_APPLICATION, SubmitApplication],
  [PROPOSE_ACCOUNT, ProposeAccount],
  [LIST_SCORES, ReadScores],
  [RECOMPUTE_SCORE, ReadScores],
  [LIST_TASKS, ListTasks],
  [COUNT_TASKS, CountTasks],
  [SHOW_APPLICATION_TIMELINE, ReadTimeline],
  [SHOW_LOAN_TIMELINE, ReadTimeline],
]);
/** Routes without either have a controller of their own, as they take no token. */
const DESCRIBED = ROUTES.flatMap((route) => (route.owner || HANDLERS.has(route) ? [serveRoute(route, HANDLERS.get(route))] : []));

/** Wiring of the gateway. */
@Module({
  controllers: [IndexController, TokenController, ServerMetadataController, ...DESCRIBED, EventSchemaController],
  providers: [
    {
      provide: SHARED_STORE,
      inject: [GatewayConfig, CLOCK, MetricsRegistry, LOGGER],
      useFactory: ({ redisUrl }: GatewayConfig, clock: Clock, metrics: MetricsRegistry, logger: Logger) =>
        openSharedStore({ redisUrl, clock, metrics, logger }),
    },
    { provide: SIGNING_KEYS, inject: [GatewayConfig], useFactory: ({ signingKey }: GatewayConfig) => readSigningKeys(signingKey) },
    Clients,
    ClientEpochs,
    LoginAttempts,
    MeterRequests,
    Tokens,
    Upstream,
    HandOn,
    SubmitApplication,
    ProposeAccount,
    CheckOwner,
    ReadScores,
    ReadTimeline,
    OnLifecycleEvent,
    OnTaskEvent,
    ReadQueue,
    ListTasks,
    CountTasks,
    // In this order, after `MeterRequests`: who, may they, and in which form.
    { provide: APP_GUARD, useClass: AuthenticateGuard },
    { provide: APP_GUARD, useClass: RoleGuard },
    { provide: APP_GUARD, useClass: ContentTypeGuard },
  ],
})
export class GatewayModule implements OnModuleDestroy {
  /** Tokens are checked by this service's own guard. */
  static readonly authenticatesItself = true;
  static readonly entities = [StoredClient];
  static readonly configure = configureGateway;
  static readonly trustedProxies = (config: BaseConfig): string[] => readTrustedProxies((config as GatewayConfig).trustedProxies);

  constructor(@Inject(SHARED_STORE) private readonly store: SharedStore) {}

  async onModuleDestroy(): Promise<void> {
    await this.store.close();
  }
}

/** How soon a revoked client is refused. */
const CLIENT_REFRESH_MS = 1_000;

/** What a partner is told of: the steps of an application and of its loan that their classes declare visible to partners. */
const TIMELINE_EVENTS = allEventClasses()
  .filter(isVisibleToPartners)
  .map((eventClass) => consume(eventClass as EventClass<LifecycleEvent>, OnLifecycleEvent));

/** What the queue of the staff is made of: tasks of all services. */
const TASKS_TOLD = TASK_EVENTS.map((eventClass) => consume<TaskEvent>(eventClass, OnTaskEvent));

/** The front door: authentication, roles, limits and the timeline; all else it hands on. */
export const gateway = defineService({
  name: 'gateway',
  schema: 'gateway',
  config: GatewayConfig,
  check: ({ clients }) => checkConfiguredClients(clients),
  module: GatewayModule,
  migrations: new URL('../migrations', import.meta.url),
  consumes: [...TIMELINE_EVENTS, ...TASKS_TOLD],
  readModels: [
    { name: 'timeline', tables: ['application_owner', 'timeline_entry'], applicationColumn: 'application_id', consumes: TIMELINE_EVENTS },
    { name: 'queue', tables: ['queued_task'], applicationColumn: 'application_id', consumes: TASKS_TOLD },
  ],
  produces: [],
  jobs: {},
  tickers: [{ intervalMs: CLIENT_REFRESH_MS, ticker: ClientEpochs }],
});
