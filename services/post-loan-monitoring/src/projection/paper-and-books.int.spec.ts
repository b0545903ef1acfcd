import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IsoDate } from '@millrace/finance';
import { policyInForce } from '@millrace/policy';
import { endPools } from '../../test/close-loans.js';
import { PlayedCase } from '../../test/play-case.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { readCase } from './case-file.js';
import { standingMovements } from './loan-case.js';
import { paidOf } from './paper-due.js';
import { PaperLoan } from './paper-loan.js';
import { projectLoan, type LoanStanding, type ProjectedCase } from './project-loan.js';

// Goal: what `lendctl loan project` says of a loan is what the books have of it. Method: every worked case that the books can play is booked on the real
// service, its money shown by the bank and its terms changed; the rows, what is owed on each day and the journal are held against the paper.
const CASES = new URL('../../../../docs/loan-cases/', import.meta.url);
const files = readdirSync(fileURLToPath(CASES)).filter((file) => /^[^.]+\.json$/.test(file));

/** Movements, terms and facts that the books do not know; docs/loan-cases/README.md lists what follows from it. */
const UNKNOWN_TERMS = ['periodMonths', 'firstDueOn', 'dueDates', 'missingDay', 'instalmentMultipleMinor'];
interface CaseJson {
  readonly terms: Record<string, unknown>;
  readonly movements?: readonly { readonly kind: string }[];
  readonly facts?: readonly { readonly kind: string }[];
}
function canBePlayed({ terms, movements = [], facts = [] }: CaseJson): boolean {
  const isKnown = terms['dayCount'] !== 'ACT/ACT' && UNKNOWN_TERMS.every((term) => !(term in terms));
  return isKnown && movements.every(({ kind }) => kind !== 'drawing') && facts.every(({ kind }) => kind !== 'misuse');
}

const contents = files.map((file) => ({ name: file.replace('.json', ''), content: JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as CaseJson }));
const playable = contents.filter(({ content }) => canBePlayed(content));

/** A case of a rate that changes and of money before its time, which no worked case has without a drawing. */
const REPRICED: CaseJson & Record<string, unknown> = {
  terms: {
    principalMinor: '30000000',
    annualRatePercent: '7.20',
    method: 'equal_instalment',
    instalments: 12,
    disbursedOn: '2026-03-02',
    dayCount: 'periodic',
  },
  contract: { penaltyUpliftBps: 4000, graceDays: 3, compound: true, prepaymentFeeBps: 50, prepaymentEffect: 'lower_instalment', holidayCalendar: 'CN' },
  movements: [
    { id: 'r1', kind: 'repayment', valueOn: '2026-04-02', amountMinor: '2598569' } as never,
    { id: 'lpr', kind: 'rate_change', valueOn: '2026-05-10', ratePercent: '6.85' } as never,
    { id: 'p', kind: 'prepayment', valueOn: '2026-06-20', amountMinor: '9000000' } as never,
    { id: 'late', kind: 'repayment', valueOn: '2026-05-02', amountMinor: '2598569' } as never,
    { id: 'up', kind: 'rate_change', valueOn: '2026-08-01', ratePercent: '8.00' } as never,
    { id: 'p2', kind: 'prepayment', valueOn: '2026-05-20', amountMinor: '3000000', effect: 'shorter_term' } as never,
  ],
  asOf: ['2026-05-02', '2026-05-20', '2026-06-20', '2026-07-02', '2026-08-01', '2026-09-15', '2027-03-02'],
};

let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
  // By this day all of the money is over; no day is closed before it, and so none is made up.
  monitoring.goTo('2028-06-01');
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  await endPools();
  await monitoring.stop();
});

/** What the books owe at the end of a day, by all that is known and has happened by then. */
function standingInBooks(account: LoanAccount, on: IsoDate): Omit<LoanStanding, 'class' | 'bucket'> {
  const by = <T extends { readonly valueOn: IsoDate }>(all: readonly T[]): T[] => all.filter(({ valueOn }) => valueOn <= on);
  const loan = playAccount({ ...account, movements: by(account.movements), changes: by(account.changes) }, on);
  const payoffMinor = loan.payoffOn(on) - loan.heldMinor;
  return {
    on,
    ...{ principalMinor: loan.principalMinor, interestMinor: loan.interestOn(on), ...loan.lateChargesOn(on) },
    payoffMinor: payoffMinor > 0n ? payoffMinor : 0n,
    dpd: loan.daysPastDue(on),
  };
}

/** Rows as the paper leaves them once all of its movements are taken; those at which nothing is left are none. */
function paperRows(given: ProjectedCase, through: IsoDate): unknown[] {
  const loan = new PaperLoan(given);
  for (const movement of standingMovements(given.movements)) loan.take(movement);
  loan.advance(through);
  return loan.dues
    .map((due) => [due.number, due.dueOn, due.principalMinor, due.interestMinor, paidOf(due, 'principalMinor'), paidOf(due, 'interestMinor')])
    .filter(([, , principal, interest]) => principal !== 0n || interest !== 0n);
}

function bookRows({ instalments }: LoanAccount): unknown[] {
  return instalments
    .map((row) => [row.number, row.dueOn, row.principalMinor, row.interestMinor - row.waivedInterestMinor, row.paidPrincipalMinor, row.paidInterestMinor])
    .filter(([, , principal, interest]) => principal !== 0n || interest !== 0n);
}

/** Debit less credit by value date, of the accounts that money moves and no close. */
function netOf(entries: readonly { readonly valueOn: IsoDate; readonly account: string; readonly minor: bigint }[]): Record<string, string> {
  const net: Record<string, bigint> = {};
  for (const { valueOn, account, minor } of entries)
    if (['1002', '1303', '2241', '6051'].includes(account)) net[`${valueOn} ${account}`] = (net[`${valueOn} ${account}`] ?? 0n) + minor;
  return Object.fromEntries(
    Object.entries(net)
      .filter(([, minor]) => minor !== 0n)
      .map(([key, minor]) => [key, String(minor)])
      .toSorted(),
  );
}

const JOURNAL = `
select e.value_on::text as "valueOn", l.account, (l.debit_minor - l.credit_minor)::text as minor from journal_entry e join journal_line l using (entry_id)
where e.loan_id = $1`;

test('most of the worked cases are played in the books', () => {
  expect(playable.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['bounced-debit', 'extended', 'overdue', 'paid-off-early', 'payoff-told-late', 'prepaid-lower-instalment', 'prepaid-shorter-term']),
  );
});

test.each([...playable, { name: 'repriced-and-prepaid', content: REPRICED }])(
  'S16, S17, F17, R-DB-05: the books have the rows, the debts and the journal that the paper has: $name',
  async ({ content }) => {
    const { given, asOf } = readCase(content, policyInForce('online_microloan', '2026-03-02'));
    const paper = projectLoan(given, asOf);
    const played = await PlayedCase.play(monitoring, given);
    const account = await played.account();
    expect(asOf.map((on) => standingInBooks(account, on))).toEqual(paper.standings.map(({ class: _class, bucket: _bucket, ...owed }) => owed));
    expect(bookRows(account)).toEqual(paperRows(given, monitoring.today));
    const { rows } = await monitoring.test.pool.query<{ valueOn: string; account: string; minor: string }>(JOURNAL, [played.loanId]);
    // On paper held money pays up to the last day that is asked for; in the books up to today.
    const told = projectLoan(given, [...asOf, monitoring.today]).entries.flatMap(({ valueOn, lines }) =>
      lines.map(({ account: code, debitMinor, creditMinor }) => ({ valueOn, account: code, minor: debitMinor - creditMinor })),
    );
    expect(netOf(rows.map((row) => ({ ...row, minor: BigInt(row.minor) })))).toEqual(netOf(told));
  },
  60_000,
);
