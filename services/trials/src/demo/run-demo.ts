import { existsSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { type FirmResult, followFirm, GatewayClient, SandboxClient, type SandboxFirm } from '@millrace/client';
import { systemClock, type Clock } from '@millrace/contracts';
import { ConfigError, type Environment } from '@millrace/service';
import { measure, resultJson, type DemoMetrics } from './demo-metrics.js';
import type { DemoOptions } from './demo-options.js';
import type { DemoSystem } from './demo-system.js';
import { HumanApprovers } from './human-approver.js';
import { LiveReport } from './live-report.js';
import { tellLoan } from './loan-story.js';
import { firmTable, gradeTable, metricLines } from './print-report.js';
import type { ShiftedClock } from './shifted-clock.js';

/** More than the two minutes after which a verification that has lost its process is taken up by another one. */
const STEP_TIMEOUT_MS = 180_000;
/** A declined firm of a data folder always gets its score; a made-up one that failed its identity check never does, as nothing may be asked about it. */
const SCORE_TIMEOUT_MS = { data: 60_000, generated: 3_000 };

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** `sme-invoices` to the folder of that name below `LENDING_DATA_DIR`; a path stays a path. */
export function dataDirectory(data: string, { LENDING_DATA_DIR: root }: Environment): string {
  const named = isAbsolute(data) ? [data] : [...(root ? [join(root, data), root] : []), resolve(data)];
  const candidates = named.flatMap((folder) => [folder, join(folder, 'sme-invoices')]);
  const found = candidates.find((candidate) => existsSync(join(candidate, 'firms.csv')));
  if (!found) {
    throw new ConfigError(
      `--data ${data}: no firms.csv in ${named.join(' or ')}; the project brings no data: name a folder with firms.csv (column firm_id) and invoices/<firm_id>.csv.gz, one file a firm as docs/invoice-files.md describes, or set LENDING_DATA_DIR to the folder above it`,
    );
  }
  return found;
}

/** The name takes part in what the sandbox makes up, so the same folder gets the same facts as when the sandbox is started with it. */
function dataSetName(directory: string): string {
  return (
    basename(directory)
      .toLowerCase()
      .replace(/[^a-z0-9._-]/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 50) || 'data'
  );
}

/** First day after a month on which everybody has its invoices. */
function dayAfter(lastMonth: string): string {
  const [year, month] = lastMonth.split('-').map(Number) as [number, number];
  return `${month === 12 ? year + 1 : year}-${String((month % 12) + 1).padStart(2, '0')}-15`;
}

/** The demo lives where its data end: for everybody later, files of years ago are stale, and a person has to look at each. */
function beginWhereDataEnd(lastMonth: string | null, clock: ShiftedClock | undefined): void {
  if (lastMonth === null) return;
  if (!clock)
    return say(
      `The data end with ${lastMonth} and the running system's clock cannot be set: files that end six months before its today are stale and go to a person.`,
    );
  clock.beginOn(dayAfter(lastMonth));
  say(`The data end with ${lastMonth}, so the demo's clock begins on ${dayAfter(lastMonth)}.`);
}

async function firmsOf(options: DemoOptions, sandbox: SandboxClient, environment: Environment, clock: ShiftedClock | undefined): Promise<SandboxFirm[]> {
  if (!options.data) return sandbox.generate(options.seed, options.firms);
  const directory = dataDirectory(options.data, environment);
  const { firms, lastMonth } = await sandbox.loadDataSet(dataSetName(directory), directory);
  beginWhereDataEnd(lastMonth, clock);
  say(
    `${firms.length} firms of ${directory}. Their invoices are real; registry, identity, bureau, tax and bank records are not in the folder: the sandbox makes them up, the same each time.`,
  );
  return firms;
}

/** Sends every firm through, some at a time, and keeps the order of the list. */
async function followAll(
  firms: readonly SandboxFirm[],
  clients: { readonly partner: GatewayClient; readonly staff: GatewayClient },
  live: LiveReport,
  options: DemoOptions,
  clock: Clock,
): Promise<FirmResult[]> {
  const results: FirmResult[] = [];
  const timeouts = { stepMs: STEP_TIMEOUT_MS, scoreMs: options.data ? SCORE_TIMEOUT_MS.data : SCORE_TIMEOUT_MS.generated };
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < firms.length; at = next++) {
      const result = await followFirm(clients, firms[at]!, (firm, application) => live.onStatus(firm, application), timeouts, clock);
      results[at] = result;
      live.onFinished(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, firms.length) }, worker));
  return results;
}

/** Partner and staff of the demo, each with a client of its own. */
function clientsOf({ gatewayUrl, clientSecrets }: DemoSystem): Record<'partner' | 'riskOfficer' | 'approver' | 'paymentOfficer' | 'auditor', GatewayClient> {
  const client = (id: string): GatewayClient => {
    const secret = clientSecrets[id];
    if (!secret) throw new ConfigError(`there is no secret of the client ${id}, which the demo acts as`);
    return new GatewayClient(gatewayUrl, id, secret);
  };
  return {
    partner: client('demo-partner'),
    riskOfficer: client('demo-risk-officer'),
    approver: client('demo-approver'),
    paymentOfficer: client('demo-payment-officer'),
    auditor: client('demo-auditor'),
  };
}

function report(results: readonly FirmResult[], metrics: DemoMetrics, options: DemoOptions): void {
  say(`\n${firmTable(results)}\n`);
  if (options.data) say(`${gradeTable(results)}\n`);
  for (const line of metricLines(metrics)) say(line);
  if (!options.json) return;
  writeFileSync(options.json, `${JSON.stringify({ firms: results.map(resultJson), metrics }, undefined, 2)}\n`);
  say(`written to ${options.json}`);
}

/** Sends the firms through the system and shows what became of them. */
export async function runDemo(system: DemoSystem, options: DemoOptions, environment: Environment): Promise<void> {
  const clients = clientsOf(system);
  const sandbox = new SandboxClient(system.sandboxUrl);
  const firms = await firmsOf(options, sandbox, environment, system.clock);
  const live = new LiveReport(firms.length);
  const staff = { verification: clients.riskOfficer, appeal: clients.riskOfficer, approval: clients.approver, disbursement: clients.paymentOfficer };
  const humans = new HumanApprovers(
    staff,
    (applicationId) => live.follows(applicationId),
    (decision) => live.onHuman(decision),
  );
  const startedAt = performance.now();
  live.start();
  humans.start();
  const results = await followAll(firms, { partner: clients.partner, staff: clients.approver }, live, options, system.clock ?? systemClock);
  await humans.stop();
  live.stop();
  report(results, measure(results, (performance.now() - startedAt) / 1_000), options);
  const paid = results.find(({ application }) => application.loan);
  if (paid) await tellLoan({ ...clients, sandbox, borrower: paid.firm }, paid.application.loan!.loanId, system.clock);
  await Promise.all(Object.values(clients).map((client) => client.close()));
}
