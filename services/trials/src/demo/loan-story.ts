import { setTimeout as delay } from 'node:timers/promises';
import colors from 'picocolors';
import { type GatewayClient, GatewayProblem, percent, type SandboxClient, type SandboxFirm, yuan } from '@millrace/client';
import { businessDate, newId, systemClock, type Clock } from '@millrace/contracts';
import { LIST_REPAYMENTS, SHOW_JOURNAL, SHOW_LOAN, SHOW_SCHEDULE, type JournalAnswer, type LoanAnswer, type ReplyOf } from '@millrace/contracts/api';
import { LENDER_ACCOUNT } from '@millrace/standalone/ready-made-clients';
import { plainTable } from './plain-table.js';
import type { ShiftedClock } from './shifted-clock.js';

const LOOK_EVERY_MS = 200;
const MAX_LOOKS = 150;

type ScheduleView = ReplyOf<typeof SHOW_SCHEDULE>;

const ENTRY_NAMES: Readonly<Record<string, string>> = {
  LOAN_BOOKED: 'loan paid out',
  REPAYMENT: 'repayment',
  RENEWED: 'renewed by another loan',
  HELD_CREDIT: 'held money falls due',
  ACCRUAL_CORRECTED: 'interest of a closed day',
};

/** Who tells the story: the borrower with its bank, its partner, and the auditor who may see the books. */
export interface StoryClients {
  readonly partner: GatewayClient;
  readonly auditor: GatewayClient;
  /** Through which the borrower pays. */
  readonly sandbox: SandboxClient;
  readonly borrower: SandboxFirm;
}

/** The borrower pays into the lender's account; the bank's statement brings the money into the books a few seconds later. */
async function repay({ partner, sandbox, borrower }: StoryClients, loanId: string, amountMinor: bigint, clock: Clock): Promise<void> {
  const valueOn = businessDate(clock.now());
  const { accountName: payerName, accountNumber: payerAccount } = borrower.bankAccount;
  const transfer = { account: LENDER_ACCOUNT, amountMinor: String(amountMinor), currency: 'CNY', valueOn, payerName, payerAccount, remittance: loanId };
  const { bankReference } = await sandbox.pay(newId(), transfer);
  process.stdout.write(`  ${valueOn}: ${yuan(String(amountMinor))} yuan come in at the bank (${bankReference})\n`);
  for (let look = 1; !(await isBooked(partner, loanId, bankReference)); look++) {
    if (look === MAX_LOOKS)
      throw new Error(`the lender does not book what its bank's statement shows: MILLRACE_STATEMENT_ACCOUNTS must name the account ${LENDER_ACCOUNT}`);
    await delay(LOOK_EVERY_MS);
  }
}

async function isBooked(partner: GatewayClient, loanId: string, bankReference: string): Promise<boolean> {
  const { items } = await partner.ask(LIST_REPAYMENTS, { loanId });
  return items.some((repayment) => repayment.bankReference === bankReference);
}

function scheduleTable({ items }: ScheduleView): string {
  const table = plainTable(['#', 'due', 'principal', 'interest', 'total', 'paid', 'balance'], ['right', 'left', 'right', 'right', 'right', 'right', 'right']);
  for (const row of items) {
    const paid = String(BigInt(row.paidPrincipalMinor) + BigInt(row.paidInterestMinor));
    table.push([
      row.number,
      row.dueOn,
      yuan(row.principalMinor),
      yuan(row.interestMinor),
      yuan(row.totalMinor),
      paid === '0' ? '' : yuan(paid),
      yuan(row.balanceMinor),
    ]);
  }
  return table.toString();
}

function journalTable(journal: JournalAnswer): string {
  const table = plainTable(['posted', 'entry', 'account', 'debit', 'credit'], ['left', 'left', 'left', 'right', 'right']);
  const amount = (minor: string): string => (minor === '0' ? '' : yuan(minor));
  for (const { postedOn, sourceKind, lines } of journal.items) {
    lines.forEach((line, at) =>
      table.push([
        at === 0 ? postedOn : '',
        at === 0 ? (ENTRY_NAMES[sourceKind] ?? sourceKind) : '',
        `${line.account} ${line.accountName}`,
        amount(line.debitMinor),
        amount(line.creditMinor),
      ]),
    );
  }
  table.push([
    '',
    '',
    journal.balanced ? colors.green('balanced') : colors.red('NOT balanced'),
    yuan(journal.totals.debitMinor),
    yuan(journal.totals.creditMinor),
  ]);
  return table.toString();
}

/** The loan account follows the payment by an event, so a loan that was paid this moment may not be there yet. */
async function readLoan(partner: GatewayClient, loanId: string): Promise<LoanAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await partner.ask(SHOW_LOAN, { loanId });
    } catch (error) {
      if (!(error instanceof GatewayProblem) || error.status !== 404 || attempt === MAX_LOOKS) throw error;
      await delay(LOOK_EVERY_MS);
    }
  }
}

/**
 * One paid loan: its first instalment comes in on the due date, half of the second a month later; then its schedule and its books. Where the
 * clock cannot be moved, both come in today and are held until they fall due.
 */
export async function tellLoan(clients: StoryClients, loanId: string, clock?: ShiftedClock): Promise<void> {
  const { partner, auditor } = clients;
  const { principalMinor, rateBps } = await readLoan(partner, loanId);
  const { items: rows } = await partner.ask(SHOW_SCHEDULE, { loanId });
  process.stdout.write(
    colors.bold(
      `\nOne loan: ${yuan(principalMinor)} yuan at ${percent(rateBps)}, ${rows.length} instalments (${loanId}). ${clock ? "The demo's clock goes on to its due dates." : 'Repayments come in today, and are held until they fall due.'}\n`,
    ),
  );
  const [first, second] = rows;
  if (!first || !second) throw new Error(`loan ${loanId} has no two instalments to repay`);
  clock?.moveTo(first.dueOn);
  await repay(clients, loanId, BigInt(first.totalMinor), clock ?? systemClock);
  clock?.moveTo(second.dueOn);
  await repay(clients, loanId, BigInt(second.totalMinor) / 2n, clock ?? systemClock);
  const { status, outstandingPrincipalMinor } = await partner.ask(SHOW_LOAN, { loanId });
  process.stdout.write(`  now ${status}, ${yuan(outstandingPrincipalMinor)} yuan of principal outstanding\n`);
  process.stdout.write(`${scheduleTable(await partner.ask(SHOW_SCHEDULE, { loanId }))}\n`);
  process.stdout.write(`${journalTable(await auditor.ask(SHOW_JOURNAL, { loanId }))}\n`);
}
