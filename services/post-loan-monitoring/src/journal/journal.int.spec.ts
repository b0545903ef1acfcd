import { newId } from '@millrace/contracts';
import fc from 'fast-check';
import pg from 'pg';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Method: SQL with the service's own role, as a bug in the service would write it.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(() => monitoring.stop());

const ENTRY = `insert into journal_entry (entry_id, tenant_id, loan_id, posted_on, value_on, source_kind, recorded_at) values ($1, 't1', $2, '2026-03-02', '2026-03-02', 'HELD_CREDIT', now())`;
const DENIED = '42501';
const LINE = 'insert into journal_line (entry_id, line_no, account, debit_minor, credit_minor) values ($1, $2, $3, $4, $5)';

/** Runs statements in one transaction; returns at which of them it was refused, and by what. */
async function attempt(...statements: readonly [sql: string, ...values: unknown[]][]): Promise<string> {
  return attemptBy(monitoring.test.pool, ...statements);
}

async function attemptBy(pool: pg.Pool, ...statements: readonly [sql: string, ...values: unknown[]][]): Promise<string> {
  const client = await pool.connect();
  let at = 'begin';
  try {
    await client.query('begin');
    for (const [sql, ...values] of statements) {
      at = 'statement';
      await client.query(sql, values);
    }
    at = 'commit';
    await client.query('commit');
    return 'committed';
  } catch (error) {
    await client.query('rollback');
    const { code, constraint } = error as { code: string; constraint?: string };
    return `${at}: ${code === DENIED ? 'permission denied' : constraint}`;
  } finally {
    client.release();
  }
}

test('M-EV-09: an entry that does not balance, has one line or none cannot commit; a balanced one can', async () => {
  const { loanId } = await monitoring.book();
  const [id, lone, empty, good] = [newId(), newId(), newId(), newId()];
  expect(await attempt([ENTRY, id, loanId], [LINE, id, 1, '1002', 100, 0], [LINE, id, 2, '1303', 0, 99])).toBe('commit: journal_entry_balanced');
  expect(await attempt([ENTRY, lone, loanId], [LINE, lone, 1, '1002', 100, 0])).toBe('commit: journal_entry_balanced');
  expect(await attempt([ENTRY, empty, loanId])).toBe('commit: journal_entry_balanced');
  expect(await attempt([ENTRY, good, loanId], [LINE, good, 1, '1002', 100, 0], [LINE, good, 2, '2241', 0, 100])).toBe('committed');
});

test('checking early does not let a later line through', async () => {
  const { loanId } = await monitoring.book();
  const id = newId();
  const outcome = await attempt(
    [ENTRY, id, loanId],
    [LINE, id, 1, '1002', 100, 0],
    [LINE, id, 2, '2241', 0, 100],
    ['set constraints all immediate'],
    ['set constraints all deferred'],
    [LINE, id, 3, '1002', 50, 0],
  );
  expect(outcome).toBe('commit: journal_entry_balanced');
});

test('an entry is sealed with its transaction, and nothing of the journal is changed or removed', async () => {
  const { loanId } = await monitoring.book();
  const { items } = await monitoring.journal(loanId);
  const id = items[0].entryId as string;
  expect(await attempt([LINE, id, 8, '1002', 5, 0], [LINE, id, 9, '1303', 0, 5])).toBe('statement: journal_entry_sealed');
  const rewrites: [string, ...unknown[]][] = [
    ['update post_loan_monitoring.journal_line set debit_minor = 1 where entry_id = $1 and debit_minor > 0', id],
    ['delete from post_loan_monitoring.journal_line where entry_id = $1', id],
    [`update post_loan_monitoring.journal_entry set value_on = '2026-01-01' where entry_id = $1`, id],
    ['delete from post_loan_monitoring.journal_entry where entry_id = $1', id],
    ['truncate post_loan_monitoring.journal_entry cascade'],
  ];
  // The service has no right to it (SEC-7), and whoever has every right still meets the trigger.
  const admin = new pg.Pool({ connectionString: monitoring.test.database.adminUrl, max: 1 });
  for (const rewrite of rewrites) {
    expect(await attempt(rewrite)).toBe('statement: permission denied');
    expect(await attemptBy(admin, rewrite)).toBe('statement: journal_append_only');
  }
  await admin.end();
  expect(await attempt([LINE, newId(), 1, '1002', 5, 0])).toMatch(/^statement: /);
});

test('whatever is paid and whenever: allocations, rows, loan and journal of the database agree', async () => {
  const steps = fc.array(fc.record({ days: fc.integer({ min: 0, max: 45 }), amountMinor: fc.bigInt(1n, 1_500_000n) }), { minLength: 3, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const { loanId } = await monitoring.book({ principalMinor: '4000000', tenorMonths: 4 });
      for (const { days, amountMinor } of given) {
        monitoring.test.clock.advance(days * 86_400_000);
        // More than can be owed is kept in suspense and books nothing on the loan (F18), which has to agree too.
        await monitoring.pay(loanId, amountMinor);
      }
      const { rows } = await monitoring.test.pool.query(AGREES, [loanId]);
      expect(rows).toEqual([{ allocated: true, repaid: true, outstanding: true, held: true, settled: true, paid: true }]);
      expect((await monitoring.journal(loanId)).balanced).toBe(true);
    }),
    { numRuns: 8 },
  );
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
}, 240_000);

/** Everything said twice in the database, compared. */
const AGREES = `
with loan_row as (select * from loan where loan_id = $1),
  rows as (select sum(principal_minor - paid_principal_minor) as open_principal, sum(paid_principal_minor + paid_interest_minor) as paid, bool_or(open) as any_open
    from instalment where loan_id = $1),
  received as (select sum(amount_minor) as total, sum(unallocated_minor) as held from repayment where loan_id = $1),
  parts as (select sum(amount_minor) as total from allocation where loan_id = $1),
  held as (select sum(l.credit_minor - l.debit_minor) as balance from journal_line l join journal_entry e using (entry_id) where e.loan_id = $1 and l.account = '2241'),
  principal as (select sum(l.debit_minor - l.credit_minor) as balance from journal_line l join journal_entry e using (entry_id) where e.loan_id = $1 and l.account = '1303')
select coalesce(parts.total, 0) = rows.paid as allocated,
  received.total = rows.paid + loan_row.held_minor as repaid,
  loan_row.outstanding_principal_minor = rows.open_principal and principal.balance = rows.open_principal as outstanding,
  coalesce(held.balance, 0) = loan_row.held_minor as held,
  (loan_row.status = 'SETTLED') = (not rows.any_open) as settled,
  not exists (select 1 from repayment r where r.loan_id = $1 and r.amount_minor <> r.unallocated_minor
    + (select coalesce(sum(a.amount_minor), 0) from allocation a where a.entry_id = r.entry_id)) as paid
from loan_row, rows, received, parts, held, principal`;
