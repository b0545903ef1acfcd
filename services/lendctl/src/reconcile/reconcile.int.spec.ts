import { newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { postLoanMonitoring } from '@millrace/post-loan-monitoring';
import { LENDING_SERVICES, loadService } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { soundLoan, type SoundLoan } from '../../test/sound-loan.js';
import type { ReconciledDay } from './reconcile-day.js';

// Goal: a day on which bank and books agree says so, and one damage is one difference, named (R-DB-08). Method: the books of both services, written past every trigger, one damage at a time.
const DAY = '2026-03-01';
const AT = new Date(`${DAY}T01:00:00Z`);
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open(await Promise.all(LENDING_SERVICES.map(loadService)));
}, 60_000);
afterAll(() => installation.close());

type Row = Readonly<Record<string, unknown>>;
async function insert(schema: string, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await installation.sql(
    schema,
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    Object.values(row),
  );
}
const BANK = disbursement.schema;
const BOOKS = postLoanMonitoring.schema;

interface Day extends SoundLoan {
  readonly tenantId: string;
  readonly creditId: string;
}

async function bankLine(tenantId: string, row: Row): Promise<void> {
  const shown = { account: '9559900000000001', currency: 'CNY', value_on: DAY, booked_at: AT, statement_day: DAY, stored_at: AT };
  await insert(BANK, 'bank_line', { line_id: newId(), bank_line_id: newId(), tenant_id: tenantId, ...shown, ...row });
}

/** A lender whose day agrees: a loan went out, and money that names no loan came in and is kept. */
async function agreed(): Promise<Day> {
  const loan = await soundLoan(installation);
  const tenantId = `t-${loan.loanId.slice(-12)}`;
  for (const [schema, table] of [
    [BANK, 'payout'],
    [BOOKS, 'loan'],
    [BOOKS, 'journal_entry'],
  ] as const)
    await installation.sql(schema, `update ${table} set tenant_id = $2 where loan_id = $1`, [loan.loanId, tenantId]);
  await installation.sql(BANK, `update payout set payer_account = '9559900000000001', bank_reference = $2 where payout_id = $1`, [
    loan.payoutId,
    `B-${tenantId}`,
  ]);
  await bankLine(tenantId, { direction: 'debit', amount_minor: '30000000', bank_reference: `B-${tenantId}`, loan_id: loan.loanId });
  const creditId = newId();
  await bankLine(tenantId, { line_id: creditId, direction: 'credit', amount_minor: '700', bank_reference: `C-${tenantId}` });
  const told = { line_id: creditId, tenant_id: tenantId, bank_reference: `C-${tenantId}`, amount_minor: '700', currency: 'CNY', value_on: DAY, booked_at: AT };
  await insert(BOOKS, 'bank_line', { ...told, outcome: 'SUSPENSE', reason: 'NO_LOAN_NAMED', recorded_at: AT });
  await insert(BOOKS, 'suspense', { line_id: creditId, task_id: newId(), opened_at: AT });
  return { ...loan, tenantId, creditId };
}

async function reconcile({ tenantId }: Day): Promise<{ exitCode: number; err: string; day: ReconciledDay }> {
  const { out, err, exitCode } = await installation.lendctl('reconcile', '--date', DAY, '--tenant', tenantId, '--json');
  return { exitCode, err, day: (JSON.parse(out) as [ReconciledDay])[0] };
}

test('a day that agrees: sums to the fen, no difference, exit code 0; another lender’s damage is not this one’s', async () => {
  const [day, other] = [await agreed(), await agreed()];
  await installation.sql(BANK, 'delete from bank_line where tenant_id = $1', [other.tenantId]);
  expect(await reconcile(day)).toMatchObject({
    exitCode: 0,
    err: '',
    day: { lines: 2, creditMinor: '700', debitMinor: '30000000', suspenseMinor: '700', notShown: 0, differences: [] },
  });
  const { out, exitCode } = await installation.lendctl('reconcile', '--date', DAY);
  expect([exitCode, out]).toEqual([1, expect.stringMatching(new RegExp(`${other.tenantId} +bank-answer +NOT_ON_STATEMENT +B-${other.tenantId} +30000000`))]);
  expect(out).toMatch(new RegExp(`${day.tenantId} +${DAY} +2 +700 +30000000 +700 +0 +0`));
});

type Damage = readonly [what: string, difference: Row, schema: string, sql: string, of: keyof Day];
const DAMAGES: readonly Damage[] = [
  [
    'a payout is not on the statement',
    { side: 'bank-answer', code: 'NOT_ON_STATEMENT', amountMinor: '30000000' },
    BANK,
    `delete from bank_line where direction = 'debit' and tenant_id = $1`,
    'tenantId',
  ],
  [
    'a line is missing on the statement that the books have',
    { side: 'books', code: 'NOT_ON_STATEMENT', amountMinor: '700' },
    BANK,
    'delete from bank_line where line_id = $1',
    'creditId',
  ],
  [
    'the books do not know a line',
    { side: 'statement', code: 'NOT_IN_BOOKS', amountMinor: '700' },
    BOOKS,
    'delete from bank_line where line_id = $1',
    'creditId',
  ],
  [
    'one amount differs by a fen',
    { side: 'statement', code: 'AMOUNT_DIFFERS', amountMinor: '700' },
    BOOKS,
    'update bank_line set amount_minor = 701 where line_id = $1',
    'creditId',
  ],
  ['a line that nobody has kept', { side: 'statement', code: 'CASH_DIFFERS' }, BOOKS, 'delete from suspense where line_id = $1', 'creditId'],
  ['a payout without a loan', { side: 'statement', code: 'NOT_IN_BOOKS', amountMinor: '30000000' }, BOOKS, 'delete from loan where loan_id = $1', 'loanId'],
  [
    'the journal has paid out another amount',
    { side: 'statement', code: 'CASH_DIFFERS' },
    BOOKS,
    `update journal_line set credit_minor = 1 where account = '1002' and entry_id = $1`,
    'entryId',
  ],
  [
    'money has gone out that nobody ordered',
    { side: 'statement', code: 'DEBIT_UNKNOWN' },
    BANK,
    `update payout set status = 'FAILED', reason_code = 'ACCOUNT_FROZEN', paid_at = null where payout_id = $1`,
    'payoutId',
  ],
];

test.each(DAMAGES)('%s: it is named, and the exit code is 1', async (_what, difference, schema, sql, of) => {
  const day = await agreed();
  await installation.sql(schema, sql, [day[of]]);
  const { exitCode, err, day: found } = await reconcile(day);
  expect(found.differences).toContainEqual(expect.objectContaining(difference));
  expect([exitCode, err]).toEqual([1, expect.stringMatching(/^error: \d+ differences on 2026-03-01/)]);
});

test('a day that has not begun is refused, and so is what is no day', async () => {
  const early = await installation.lendctl('reconcile', '--date', '2026-03-05');
  expect([early.exitCode, early.err]).toEqual([1, expect.stringContaining('has not begun')]);
  expect((await installation.lendctl('reconcile', '--date', 'yesterday')).exitCode).toBe(1);
});
