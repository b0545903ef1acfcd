import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standaloneEnvironment } from '@millrace/service';
import { until } from '@millrace/testing';
import pg from 'pg';
import { Lender } from './lender.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';

// Goal: an outage of the event log costs nobody an application: the gateway stays ready and accepts, the outbox holds, and all goes on afterwards (M-EV-03).
// Method: the whole lender; connections to the log are lost and refused, while the services' own schemas are there.
const lender = new Lender();
const lines: string[] = [];
beforeAll(() => lender.start({ MILLRACE_LOG_LEVEL: 'info' }, { logTo: { write: (line) => void lines.push(line) } }));
afterAll(() => lender.stop());

const SERVICES = ['gateway', 'loan-application', 'kyc-antifraud', 'scoring', 'disbursement', 'post-loan-monitoring'];
const ERROR = 50;
/** A relay looks again after ten seconds at most, on a busy machine later. */
const BACK_TIMEOUT_MS = 60_000;

async function asAdministrator(sql: string): Promise<void> {
  const url = new URL(standaloneEnvironment(lender.dataDirectory, ['gateway'])['MILLRACE_GATEWAY_DATABASE_URL']!);
  Object.assign(url, { username: 'postgres', password: readFileSync(join(lender.dataDirectory, 'postgres-password'), 'utf8').trim() });
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

// The services use the same roles for both, so connections are told apart by what they call themselves.
const takeLogAway = () =>
  asAdministrator(`
    create function public.refuse_log() returns event_trigger language plpgsql as $$ begin
      if current_setting('application_name') like 'millrace-log%' then raise cannot_connect_now using message = 'the event log is away'; end if;
    end $$;
    create event trigger log_away on login execute function public.refuse_log();
    select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'millrace-log%'`);
const bringLogBack = () => asAdministrator('drop event trigger log_away; drop function public.refuse_log');

/** What `/health/ready` says: HTTP status, condition, and what is in trouble. */
async function readiness(service: string): Promise<{ status: number; condition: string; trouble: string[] }> {
  const { status, text } = await lender.operations(service, '/health/ready');
  const body = JSON.parse(text) as { status: string; trouble?: { what: string }[] };
  return { status, condition: body.status, trouble: (body.trouble ?? []).map(({ what }) => what) };
}

const unsent = (applicationId: string) =>
  lender.sql<{ type: string }>('loan_application', 'select type from outbox where aggregateid = $1 and published_at is null order by seq', [applicationId]);

test('while the event log is away the gateway is ready and takes an application, and when it is back the application goes on', async () => {
  const firm = await lender.firm('outage', { ...S01_FIRM, seed: 301 });
  await takeLogAway();

  const applicationId = await lender.apply(firm);
  expect((await unsent(applicationId)).map(({ type }) => type)).toContain('dev.millrace.lending.loan-application.submitted.v1');
  for (const service of SERVICES)
    expect(await readiness(service)).toMatchObject({ status: 200, condition: 'degraded', trouble: expect.arrayContaining(['event log']) });
  await until(async () => (await readiness('loan-application')).trouble.includes('relay'), 'trouble of the relay');
  expect((await lender.operations('loan-application', '/metrics')).text).toMatch(/^millrace_degraded\{(?=.*part="relay").*\} 1$/m);
  await lender.reaches(applicationId, 'CHECKING');
  expect(await unsent(applicationId)).not.toEqual([]);

  await bringLogBack();
  for (const service of SERVICES) await until(async () => (await readiness(service)).condition === 'ready', `${service} being ready again`, BACK_TIMEOUT_MS);
  await lender.takeOffer(applicationId);
  await until(async () => (await unsent(applicationId)).length === 0, 'an empty outbox');

  const told = lines.map((line) => JSON.parse(line) as { level: number; service: string; msg: string });
  expect(told.filter(({ level }) => level >= ERROR)).toEqual([]);
  const ofGateway = told.filter(({ service, msg }) => service === 'gateway' && /^(degraded|ready again)/.test(msg)).map(({ msg }) => msg);
  expect([ofGateway[0], ofGateway.at(-1)]).toEqual([expect.stringContaining('event log'), 'ready again']);
}, 240_000);
