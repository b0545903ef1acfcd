import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, LIST_PAYOUTS, SHOW_JOURNAL, SHOW_LOAN, type AnswerOf, type PAYOUT, type ReplyOf } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario, Scene } from './scenario.js';

const AMOUNT_MINOR = '80000000';
/** A firm large enough for 800,000 yuan. */
const FIRM = {
  ...S01_FIRM,
  revenue12mMinor: '1800000000',
  declaredRevenueMinor: '1800000000',
  declaredAnnualRevenueMinor: '1800000000',
  bureauFound: true,
  taxClass: 'A',
  taxPaid12mMinor: '62000000',
  totalDebtMinor: '30000000',
  requestedAmountMinor: AMOUNT_MINOR,
  statement: { ...S01_FIRM.statement, cfads12mMinor: '190000000', revenuePriorYearMinor: '3600000000' },
};

type Payout = AnswerOf<typeof PAYOUT>;

/** Applies for 800,000 yuan and signs, with the approval of the one person that the amount asks for. */
async function signed(
  { stage, check, step }: Scene,
  firmId: string,
  profile: object,
): Promise<{ applicationId: string; firm: Awaited<ReturnType<Scene['stage']['firm']>> }> {
  const firm = await stage.firm(firmId, { ...FIRM, ...profile });
  const applicationId = await stage.apply(firm);
  step('approved by a person');
  await stage.reaches(applicationId, 'REVIEW_SINGLE');
  const { reviewTaskId } = await eventually('the review task', () => stage.openTask(applicationId));
  const approval = { decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the orders were seen' } as const;
  await stage.ask('demo-approver', DECIDE_REVIEW, { reviewTaskId, decisionId: newId() }, approval);
  const { decision } = await stage.reaches(applicationId, 'OFFERED');
  check.equal('the approved amount', decision?.amountMinor, AMOUNT_MINOR);
  step('signed');
  await stage.sign(applicationId);
  return { applicationId, firm };
}

async function payoutOf({ stage }: Scene, applicationId: string, what: string, is: (payout: Payout) => boolean): Promise<Payout> {
  return eventually(what, async () => {
    const { items } = await stage.ask('demo-payment-officer', LIST_PAYOUTS, { applicationId });
    const [payout] = items;
    return payout !== undefined && is(payout) && payout;
  });
}

/** The bank pays and its answer is lost; it is asked after 30 seconds and after 2 minutes, never told again, and the money has moved once. */
export const S13_UNKNOWN: Scenario = {
  id: 'S13.unknown',
  title: 'The result of a payment is unknown at first',
  scorecard: 'product',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    // The instruction and the first question are answered too late.
    await stage.sandbox('PUT', '/sandbox/faults/bank', { kind: 'timeout_after_success', latencyMs: 60_000, count: 2 });
    const { applicationId, firm } = await signed(scene, 's13unknown', { seed: 113 });

    step('unknown');
    const unknown = await payoutOf(scene, applicationId, 'an unknown payout', ({ status }) => status === 'UNKNOWN');
    check.equal('reservation, instructions and questions', [unknown.reservation, unknown.sends, unknown.queries], ['RESERVED', 1, 0]);
    const crashed = await stage.system.crash('disbursement');
    step(crashed ? 'the payment service dies and comes back' : 'one process: no service can die by itself');

    step('asked after 30 seconds');
    await stage.pass(30_000);
    const asked = await payoutOf(scene, applicationId, 'the first question', ({ queries }) => queries === 1);
    check.equal('status and instructions', [asked.status, asked.sends], ['UNKNOWN', 1]);
    step('asked after 2 more minutes');
    await stage.pass(120_000);
    const { loanId } = await stage.paid(applicationId);
    const paid = await payoutOf(scene, applicationId, 'the payment', ({ status }) => status === 'PAID');
    check.equal('payout, instructions and questions', [paid.payoutId, paid.sends, paid.queries], [unknown.payoutId, 1, 2]);
    check.equal('what the bank paid to the firm', await stage.paidTo(firm.bankAccount.accountNumber), { debits: 1, totalMinor: AMOUNT_MINOR });
    const loan = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    check.equal('the loan', [loan.status, loan.principalMinor], ['ACTIVE', AMOUNT_MINOR]);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** The bank refuses: nothing moves, the limit is free again, and a payment officer has the work. */
export const S13_REFUSED: Scenario = {
  id: 'S13.refused',
  title: 'The bank refuses the payment',
  scorecard: 'product',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, firm } = await signed(scene, 's13refused', { seed: 114, bankAccount: { accountNumber: '6200000000009003' } });

    step('refused');
    const failed = await payoutOf(scene, applicationId, 'the refusal', ({ status }) => status === 'FAILED');
    check.equal('reason, reservation and instructions', [failed.reasonCode, failed.reservation, failed.sends], ['ACCOUNT_FROZEN', 'RELEASED', 1]);
    const view = await stage.reaches(applicationId, 'HELD');
    check.equal('the answer to a look at the loan', (await stage.refusal('demo-partner', SHOW_LOAN, { loanId: view.loanId! })).status, 404);
    check.equal('what the bank paid to the firm', await stage.paidTo(firm.bankAccount.accountNumber), undefined);
    const task = await eventually('the task of a payment officer', () => stage.openTask(applicationId, 'demo-payment-officer'));
    check.equal('the task', task.stage, 'disbursement');
    alwaysHeld.of(applicationId, firm);
  },
};

const DAY_MS = 86_400_000;
/** More than the interval at which the bank's statement is read. */
const READING_MS = 5_000;
const LOOKS_PER_READING = 40;

/** The bank pays, and on the next day the payee's bank sends the money back: the loan is void, nobody owes interest of it, and the limit is free. */
export const S13_RETURNED: Scenario = {
  id: 'S13.returned',
  title: 'The money comes back on day 2',
  scorecard: 'product',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    // The bank takes the money for this account, and has it back a day later.
    const { applicationId, firm } = await signed(scene, 's13returned', { seed: 115, bankAccount: { accountNumber: '6200000000009008' } });
    step('paid');
    const { loanId } = await stage.paid(applicationId);
    check.equal('the loan on day 1', (await stage.ask('demo-partner', SHOW_LOAN, { loanId })).status, 'ACTIVE');

    step('day 2: the money comes back');
    await stage.pass(DAY_MS);
    let looks = 0;
    await eventually('the return', async () => {
      // The clock of a stage stands still, and the statement is read again only after a while by it.
      if (looks++ % LOOKS_PER_READING === 0) await stage.pass(READING_MS);
      return (await stage.ask('demo-partner', SHOW_LOAN, { loanId })).status === 'RETURNED';
    });
    const payout = await payoutOf(scene, applicationId, 'the payout that came back', ({ status }) => status === 'RETURNED');
    check.equal('reservation and instructions', [payout.reservation, payout.sends], ['RELEASED', 1]);
    const view = await stage.reaches(applicationId, 'RETURNED');
    check.equal('application and drawdown', [view.status, view.drawdown?.status], ['COMPLETED', 'RETURNED']);

    step('nobody owes anything');
    const loan = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    check.equal('what is owed', [loan.outstandingPrincipalMinor, loan.dueMinor, loan.payoff, loan.nextDue], ['0', '0', null, null]);
    const { items } = await stage.ask('demo-auditor', SHOW_JOURNAL, { loanId });
    for (const account of ['1002', '1303']) check.equal(`what the loan has left on ${account}`, netOf(items, account), 0n);
    check.equal('entries of the return', items.filter(({ sourceKind }) => sourceKind === 'PAYOUT_RETURNED').length, 1);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** Debit less credit of an account over the entries of a loan. */
function netOf(entries: ReplyOf<typeof SHOW_JOURNAL>['items'], account: string): bigint {
  const lines = entries.flatMap(({ lines: own }) => own).filter((line) => line.account === account);
  return lines.reduce((total, { debitMinor, creditMinor }) => total + BigInt(debitMinor) - BigInt(creditMinor), 0n);
}
