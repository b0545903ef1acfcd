import { LoanDisbursed, newId, systemClock } from '@millrace/contracts';
import { Consumer, encodeEvent, nextTraceparent, PostgresEventLog, TransactionRunner, type EncodedEvent, type StoredRecord } from '@millrace/messaging';
import { openPool, prepareDatabases } from '@millrace/service';
import { randomSecret } from '@millrace/standalone/secrets';
import type { BenchDatabase } from './bench-database.js';
import type { BenchOptions } from './bench-options.js';
import { pgbenchScript, runPgbench } from './pgbench-step.js';
import { compare, type Comparison, type Round } from './statistics.js';
import { OnLoanDisbursed, STEP_EVENTS, STEP_SCHEMA, stepService } from './step-service.js';

/** The shapes of a step that were compared before one was chosen. */
const CONNECTIONS = 8;
const BATCHES = [1, 10] as const;
const DATABASE = 'bench';

/** Transactions a second, ours beside pgbench's, by events in a transaction. */
export type StepFigures = Readonly<Record<string, Comparison>>;

function disbursed(): EncodedEvent {
  const [applicationId, loanId] = [newId(), newId()];
  const paidAt = systemClock.now().toISOString();
  const event = new LoanDisbursed({
    applicationId,
    loanId,
    payoutId: newId(),
    amountMinor: '80000000',
    currency: 'CNY',
    bankReference: 'B20260302-004711',
    paidAt,
  });
  const context = { actor: { kind: 'system', id: 'disbursement' }, causationId: newId() } as const;
  return encodeEvent(event, { source: 'disbursement', time: systemClock.now(), context, traceparent: nextTraceparent(undefined) });
}

/** What one connection will be given in a round; made before the clock runs, as other services made it. */
function recordsOf(partition: number, count: number): StoredRecord[] {
  return Array.from({ length: count }, (_, at) => {
    const { topic, key, headers, payload } = disbursed();
    return { topic, key, headers, value: Buffer.from(payload), partition, offset: BigInt(at), appendedAt: systemClock.now() };
  });
}

async function ourTransactionsPerSecond(consumer: Consumer, batch: number, transactions: number): Promise<number> {
  const partitions = Array.from({ length: CONNECTIONS }, (_, partition) => recordsOf(partition, transactions * batch));
  const startMs = performance.now();
  await Promise.all(
    partitions.map(async (records) => {
      for (let at = 0; at < records.length; at += batch) await consumer.handleBatch({ records: records.slice(at, at + batch) });
    }),
  );
  return (CONNECTIONS * transactions) / ((performance.now() - startMs) / 1_000);
}

/** Our consumer step beside the same statements sent by pgbench: same server, same tables, same number of connections. */
export async function measureStep(database: BenchDatabase, options: BenchOptions, say: (line: string) => void): Promise<StepFigures> {
  const urls = await prepareDatabases({ adminUrl: database.adminUrl, database: DATABASE, rolePassword: randomSecret(), definitions: [stepService] });
  const url = urls.of(STEP_SCHEMA);
  const onError = (error: Error): void => {
    throw error;
  };
  const log = await PostgresEventLog.open({ connectionString: urls.eventLog, onError });
  const pool = openPool({ connectionString: url, max: CONNECTIONS }, onError);
  const runner = new TransactionRunner({ pool, source: 'bench', clock: systemClock });
  const handler = new OnLoanDisbursed();
  const consumer = new Consumer({ name: 'bench', log, runner, subscriptions: STEP_EVENTS, resolve: () => handler as never, onError });
  const { headers, payload } = disbursed();
  const event = { headers: JSON.stringify(headers), payload };
  const figures: Record<string, Comparison> = {};
  try {
    for (const batch of BATCHES) {
      const transactions = Math.ceil(options.transactions / batch);
      const script = pgbenchScript(batch);
      const rounds: Round[] = [];
      await ourTransactionsPerSecond(consumer, batch, Math.ceil(transactions / 4));
      for (let round = 1; round <= options.rounds; round++) {
        const ceiling = runPgbench(url, script, { connections: CONNECTIONS, transactions, event });
        const ours = await ourTransactionsPerSecond(consumer, batch, transactions);
        rounds.push({ ours, ceiling });
        say(`  step, ${batch} event${batch === 1 ? '' : 's'} a transaction, round ${round}: ${Math.round(ours)} of ${Math.round(ceiling)} transactions/s`);
      }
      figures[`batchOf${batch}`] = compare(rounds);
    }
  } finally {
    await pool.end();
    await log.close();
  }
  return figures;
}
