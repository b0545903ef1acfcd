import { systemClock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import pg from 'pg';
import { decideTask, type Said } from '../src/index.js';
import { QUESTION } from './question.task.js';

// What one operator says about a task, in a process of its own, so that a test can kill it; it does not end by itself.

/** Who says it about which task. */
export interface SayingSettings {
  readonly databaseUrl: string;
  readonly taskId: string;
  readonly by: string;
}

const { databaseUrl, taskId, by } = JSON.parse(process.argv[2]!) as SayingSettings;
const runner = new TransactionRunner({ pool: new pg.Pool({ connectionString: databaseUrl, max: 1 }), source: 'deciding', clock: systemClock });
const saying = { decision: 'paid-on', parameters: { paidOn: '2026-03-02' }, reason: 'BANK_STATEMENT_SEEN', by: { name: by, roles: 'operator' } } as const;
const context = { actor: { kind: 'system', id: 'lendctl' }, causationId: taskId } as const;
const { kind } = await runner.run(context, (tx) => decideTask(tx, QUESTION, taskId, saying, systemClock.now()));
process.send!(kind satisfies Said['kind']);
