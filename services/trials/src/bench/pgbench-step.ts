import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProgram } from '@millrace/service';

/** What to do where the ceiling cannot be measured; undefined where it can. */
export function missingForPgbench(): string | undefined {
  return hasProgram('pgbench', '--version') ? undefined : 'pgbench is not installed: `apt-get install postgresql-contrib` brings it';
}

/** An event as it goes into the outbox: its size is part of what is measured. */
export interface SampleEvent {
  readonly headers: string;
  readonly payload: string;
}

const MOST_ACCOUNTS = 1_000_000_000;
const repeated = (text: string, count: number): string => `array[${Array<string>(count).fill(text).join(', ')}]`;

/** The statements of one consumer transaction with so many events, as libs/messaging and the step's handler send them; `:headers` and `:payload` are variables. */
export function pgbenchScript(batch: number): string {
  const places = Array.from({ length: batch }, (_, at) => at);
  const accounts = places.map((at) => `\\set account${at} random(1, ${MOST_ACCOUNTS})`);
  // The number of the account in the last 12 digits of a UUID, as text that the server casts: what a client sends is text, too.
  const accountId = (at: number): string => `('00000000-0000-7000-8000-' || lpad(:account${at}::text, 12, '0'))::uuid`;
  const keys = repeated("'01972b40-0002-7c3e-9a51-4f6d2b8e0002'::text", 1);
  return [
    ...accounts,
    'begin;',
    `with fresh as (
      insert into inbox (consumer, event_id, topic, partition, "offset")
      select 'pgbench', e.event_id, e.topic, e.partition, e."offset"
      from unnest(${repeated('uuidv7()', batch)}::uuid[], ${repeated("'lending.disbursement.v1'", batch)}::text[], ${repeated('0', batch)}::int[], ${repeated('1', batch)}::bigint[]) as e(event_id, topic, partition, "offset")
      on conflict do nothing returning event_id
    ), waiting as (
      select key from parked_event where consumer = 'pgbench' and key = any(${keys}) and key <> '' and status = 'parked' for share
    )
    select array(select event_id from fresh) as fresh, array(select distinct key from waiting) as keys;`,
    ...places.map(
      (at) => `insert into account (account_id, paid_minor, events) values (${accountId(at)}, 80000000, 1)
      on conflict (account_id) do update set paid_minor = account.paid_minor + excluded.paid_minor, events = account.events + 1;`,
    ),
    `insert into outbox (id, aggregatetype, aggregateid, type, topic, headers, payload)
     select * from unnest(${repeated('uuidv7()', batch)}::uuid[], ${repeated("'loan'", batch)}::text[], ${repeated("'01972b40-0002-7c3e-9a51-4f6d2b8e0002'", batch)}::text[],
       ${repeated("'dev.millrace.lending.loan-application.closed.v1'", batch)}::text[], ${repeated("'lending.loan-application.v1'", batch)}::text[],
       ${repeated(':headers', batch)}::jsonb[], ${repeated(':payload', batch)}::text[]);`,
    'commit;',
    '',
  ]
    .map((statement) => (statement.startsWith('\\') ? statement : statement.replaceAll(/\s*\n\s*/g, ' ')))
    .join('\n');
}

/** Transactions a second of pgbench with so many connections, each doing so many transactions. */
export function runPgbench(
  url: string,
  script: string,
  options: { readonly connections: number; readonly transactions: number; readonly event: SampleEvent },
): number {
  const { connections, transactions, event } = options;
  const directory = mkdtempSync(join(tmpdir(), 'millrace-pgbench-'));
  try {
    const file = join(directory, 'step.sql');
    writeFileSync(file, script);
    const variables = [`--define=headers=${event.headers}`, `--define=payload=${event.payload}`];
    const args = [
      '--no-vacuum',
      '--protocol=prepared',
      `--client=${connections}`,
      '--jobs=2',
      `--transactions=${transactions}`,
      `--file=${file}`,
      ...variables,
      url,
    ];
    const { status, stdout, stderr } = spawnSync('pgbench', args, { encoding: 'utf8' });
    const found = /^tps = ([\d.]+)/m.exec(stdout);
    if (status !== 0 || !found) throw new Error(`pgbench failed: ${stderr.trim().split('\n').at(0)}`);
    return Number(found[1]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
