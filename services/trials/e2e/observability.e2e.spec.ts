import type { SandboxFirm } from '@millrace/client';
import { until } from '@millrace/testing';
import { Lender } from './lender.js';
import { S01_FIRM } from '../src/stage/scenario-firms.js';
import { TraceCollector, type CollectedSpan } from './trace-collector.js';

// Goal: what an operator sees of S01: one trace from submission to payment, log lines that name the application and no person, figures, readiness.
// Method: every service for real, logging at debug level, spans over OTLP to a collector in this process.
const collector = new TraceCollector();
const lender = new Lender();
const lines: string[] = [];
const SERVICES = ['loan-application', 'kyc-antifraud', 'scoring', 'disbursement', 'post-loan-monitoring', 'gateway'];
let firm: SandboxFirm;
let applicationId: string;

beforeAll(async () => {
  const settings = { MILLRACE_LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start() };
  await lender.start(settings, { logTo: { write: (line) => void lines.push(line) } });
  firm = await lender.firm('observed', S01_FIRM);
  applicationId = await lender.apply(firm);
  await lender.takeOffer(applicationId);
}, 60_000);
afterAll(async () => {
  await lender.stop();
  await collector.stop();
});

/** The way from a request of the partner down to a span, once all of it was collected. */
async function wayTo(service: string, name: RegExp): Promise<CollectedSpan[]> {
  const look = async (): Promise<CollectedSpan[] | undefined> => {
    const span = collector.spans.find((candidate) => candidate.service === service && name.test(candidate.name));
    const way = span ? collector.wayUp(span).reverse() : [];
    return way[0]?.service === 'gateway' ? way : undefined;
  };
  return until(look, `the way to ${name.source} of ${service}`);
}
const names = (spans: readonly CollectedSpan[]): string[] =>
  spans.map(({ service, name }) => `${service}: ${name.replace(/(dev\.millrace\.)?lending\.|\.v1$/g, '')}`);

test('one trace follows the application from submission to payment, each hop below the one that caused it', async () => {
  const paid = await wayTo('post-loan-monitoring', /^process .*\.loan-activated/);
  const offered = await wayTo('gateway', /^process .*\.offer-issued/);
  const call = await wayTo('kyc-antifraud', /^call personal_bureau$/);
  const publish = await wayTo('kyc-antifraud', /^publish .*\.passed/);
  expect(names(offered)).toEqual([
    'gateway: PUT /v1/loan-applications/:applicationId',
    'loan-application: PUT /loan-applications/:applicationId',
    'loan-application: transaction',
    'kyc-antifraud: process loan-application.kyc-requested',
    'kyc-antifraud: job verify_firm',
    'kyc-antifraud: transaction',
    'loan-application: process kyc-antifraud.passed',
    'scoring: process loan-application.scoring-requested',
    'scoring: job score_firm',
    'scoring: transaction',
    'loan-application: process scoring.computed',
    'gateway: process loan-application.offer-issued',
  ]);
  expect(names(call).slice(-2)).toEqual(['kyc-antifraud: job verify_firm', 'kyc-antifraud: call personal_bureau']);
  expect(names(publish).slice(-2)).toEqual(['kyc-antifraud: transaction', 'kyc-antifraud: publish kyc-antifraud.passed']);
  expect(names(paid)).toEqual([
    'gateway: PUT /v1/loan-applications/:applicationId/signatures/:signatureId',
    'loan-application: PUT /loan-applications/:applicationId/signatures/:signatureId',
    'loan-application: transaction',
    'loan-application: job obtain_signature',
    'loan-application: transaction',
    'disbursement: process loan-application.disbursement-requested',
    'disbursement: job instruct_payout',
    'disbursement: transaction',
    'loan-application: process disbursement.loan-disbursed',
    'post-loan-monitoring: process loan-application.loan-activated',
  ]);
  // Who knows the application knows its trace, though the partner came three times and brought none.
  for (const { traceId } of [...offered, ...call, ...publish, ...paid]) expect(traceId).toBe(applicationId.replaceAll('-', ''));
});

test('at level debug every line of the flow says which application and trace it is about, and none says a person', async () => {
  const { name, idNumber, mobile } = firm.legalRepresentative;
  const secrets = [name, idNumber, mobile, firm.bankAccount.accountNumber, firm.bankAccount.accountName];
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  // The bank's statement is read for everybody at once.
  const isFlow = ({ msg, task }: Record<string, unknown>): boolean => msg === 'event handled' || (msg === 'job ended' && task !== 'pull_statement');
  for (const service of SERVICES) {
    const flow = told.filter((line) => line['service'] === service && isFlow(line));
    expect(flow.length).toBeGreaterThan(0);
    for (const line of flow) expect(line).toMatchObject({ applicationId, traceId: applicationId.replaceAll('-', '') });
  }
  const requests = told.filter((line) => line['msg'] === 'request answered' && line['method'] === 'PUT' && line['applicationId'] === applicationId);
  expect(new Set(requests.map((line) => line['service']))).toEqual(new Set(['gateway', 'loan-application', 'kyc-antifraud', 'disbursement']));
  const text = lines.join('');
  expect(secrets.every((secret) => secret.length > 1)).toBe(true);
  for (const secret of secrets) expect(text).not.toContain(secret);
  for (const span of collector.spans) for (const secret of secrets) expect(JSON.stringify(span)).not.toContain(secret);
});

/** Value of a metric in a scrape, by its labels; undefined where it is not there. */
function metric(scrape: string, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = scrape.split('\n').find((row) => /^(\w+)/.exec(row)?.[1] === name && wanted.every((label) => row.includes(label)));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

test('metrics show the loan on its way, and every service is ready', async () => {
  for (const service of SERVICES) expect(await lender.operations(service, '/health/ready')).toMatchObject({ status: 200 });
  const read = async (service: string): Promise<string> => (await lender.operations(service, '/metrics')).text;
  const [hub, kyc, disbursement, gateway] = await Promise.all(['loan-application', 'kyc-antifraud', 'disbursement', 'gateway'].map(read));
  expect(metric(hub!, 'millrace_decision_seconds_count', { outcome: 'approved', decider: 'engine' })).toBe(1);
  expect(metric(hub!, 'millrace_events_handled_total', { type: 'dev.millrace.lending.scoring.computed.v1' })).toBe(1);
  expect(metric(hub!, 'millrace_events_published_total', { type: 'dev.millrace.lending.loan-application.submitted.v1' })).toBe(1);
  expect(metric(hub!, 'millrace_consumer_lag_events', { topic: 'lending.scoring.v1', partition: '0' })).toBe(0);
  expect(metric(hub!, 'millrace_parked_events')).toBe(0);
  expect(metric(hub!, 'millrace_outbox_oldest_age_seconds')).toBeLessThan(5);
  expect(metric(hub!, 'millrace_job_seconds_count', { task: 'obtain_signature', outcome: 'done' })).toBe(1);
  expect(metric(hub!, 'millrace_database_pool_connections', { state: 'idle' })).toBeGreaterThanOrEqual(0);
  expect(metric(kyc!, 'millrace_provider_call_seconds_count', { provider: 'registry', outcome: 'ok' })).toBe(1);
  expect(metric(kyc!, 'millrace_provider_circuit_open', { provider: 'registry' })).toBe(0);
  expect(metric(disbursement!, 'millrace_payouts_unknown')).toBe(0);
  // The process is told of once, though seven services share it.
  expect(metric(gateway!, 'process_cpu_seconds_total')).toBeGreaterThan(0);
  expect(metric(hub!, 'process_cpu_seconds_total')).toBeUndefined();
  expect(metric(hub!, 'millrace_metric_read_failures_total')).toBe(0);
});
