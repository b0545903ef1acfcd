import { type LendingService, loadConfig, type ServiceDefinition, serviceVariable } from '@millrace/service';
import { request } from 'undici';
import { buildVersion } from '../command/build-version.js';
import type { Installation } from '../installation/installation.js';
import { heldKinds } from '../held/held-kinds.js';
import { readLag } from '../lag/read-lag.js';

const HEALTH_TIMEOUT_MS = 2_000;

/** What every service has, as one line of the screen. */
export interface ServiceStatus {
  readonly service: LendingService;
  /** What `/health/ready` says; `no answer` where nothing listens at the address, `not asked` where no address is known here. */
  readonly health: string;
  /** Latest migration in its schema. */
  readonly schema: string;
  /** Records of the log that it has not come to. */
  readonly lag: bigint;
  readonly unsent: number;
  readonly oldestUnsentSeconds: number | null;
  readonly parked: number;
  readonly held: number;
  readonly jobsWaiting: number;
  readonly jobsDead: number;
}

/** Work that waits, of one kind: see `StatusFigure`. */
export interface WaitingWork {
  readonly service: LendingService;
  readonly what: string;
  readonly label: string;
  readonly count: number;
  readonly oldestSeconds: number | null;
}

/** The whole screen. */
export interface Status {
  readonly at: string;
  readonly versions: { readonly build: string; readonly node: string; readonly postgres: string };
  readonly services: readonly ServiceStatus[];
  readonly waiting: readonly WaitingWork[];
}

const OWN = `select (select name from schema_migration order by applied_at desc, name desc limit 1) as schema,
  (select count(*)::int from task where status in ('open', 'decided') and kind = any($1)) as held`;

const JOBS = `select count(*) filter (where attempts < max_attempts)::int as "jobsWaiting",
  count(*) filter (where attempts >= max_attempts and locked_at is null)::int as "jobsDead" from jobs`;

const HELD = `select kind || ', ' || case status when 'decided' then 'confirmed' else status end as label, count(*)::int as count,
  extract(epoch from $1::timestamptz - min(opened_at))::float8 as "oldestSeconds"
  from task where status in ('open', 'decided') and kind = any($2) group by kind, status order by kind, status`;

async function healthOf(url: string | undefined): Promise<string> {
  if (url === undefined) return 'not asked';
  try {
    const answer = await request(new URL('/health/ready', url), { headersTimeout: HEALTH_TIMEOUT_MS, bodyTimeout: HEALTH_TIMEOUT_MS });
    const { status = 'unready', trouble = [] } = (await answer.body.json()) as { status?: string; trouble?: { what: string }[] };
    const why = trouble.map(({ what }) => what).join(', ');
    return why === '' ? status : `${status}: ${why}`;
  } catch {
    return 'no answer';
  }
}

/** Where a service answers: as its callers are told, or on this machine, where its database is too. */
function addressOf(installation: Installation, definition: ServiceDefinition, databaseUrl: string): string | undefined {
  const told = installation.settings[serviceVariable(definition.name, 'URL')];
  if (told) return told;
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(databaseUrl).hostname)) return undefined;
  try {
    const { host, port } = loadConfig(definition.config, installation.settings);
    return `http://${host}:${port}`;
  } catch {
    // A setting that only the service itself needs is not set here.
    return undefined;
  }
}

async function readService(
  installation: Installation,
  service: LendingService,
): Promise<Pick<ServiceStatus, 'health' | 'schema' | 'held' | 'jobsWaiting' | 'jobsDead'>> {
  const definition = await installation.definition(service);
  const [health, [own], [jobs]] = await Promise.all([
    healthOf(addressOf(installation, definition, installation.urlOf(service))),
    installation.rows<{ schema: string; held: number }>(service, OWN, [heldKinds(definition)]),
    Object.keys(definition.jobs).length === 0 ? [] : installation.rows<{ jobsWaiting: number; jobsDead: number }>(service, JOBS),
  ]);
  return { health, ...own!, ...(jobs ?? { jobsWaiting: 0, jobsDead: 0 }) };
}

type FigureRow = Omit<WaitingWork, 'service' | 'what'>;

async function readWaiting(installation: Installation, service: LendingService): Promise<WaitingWork[]> {
  const definition = await installation.definition(service);
  const now = installation.clock.now();
  const waiting: WaitingWork[] = [];
  const figures = definition.figures.map(({ name, sql }) => ({ what: name, sql, values: [now] as unknown[] }));
  for (const { what, sql, values } of [...figures, { what: 'held items', sql: HELD, values: [now, heldKinds(definition)] }]) {
    const rows = await installation.rows<FigureRow & Record<string, unknown>>(service, sql, values);
    waiting.push(...rows.filter(({ count }) => count > 0).map((row) => ({ service, what, ...row })));
  }
  return waiting;
}

/** One look at everything: each part is read once, at nearly the same moment. */
export async function readStatus(installation: Installation): Promise<Status> {
  const { consumers, outboxes } = await readLag(installation);
  const services = await Promise.all(
    outboxes.map(async ({ service, ...outbox }) => {
      const lag = consumers.filter(({ consumer }) => consumer === service).reduce((sum, partition) => sum + partition.lag, 0n);
      return { service, ...outbox, lag, ...(await readService(installation, service)) };
    }),
  );
  const waiting = (await Promise.all(installation.services.map((service) => readWaiting(installation, service)))).flat();
  const [first] = installation.services;
  const [server] = first === undefined ? [] : await installation.rows<{ version: string }>(first, `select current_setting('server_version') as version`);
  return {
    at: installation.clock.now().toISOString(),
    versions: { build: buildVersion(), node: process.versions.node, postgres: server?.version ?? 'unknown' },
    services,
    waiting,
  };
}
