import { businessDate, newId } from '@millrace/contracts';
import {
  CONCLUDE_VOTE,
  LIST_COLLECTION_CASES,
  LIST_LETTERS,
  LIST_PAYOUTS,
  RECORD_REPAYMENT,
  REQUEST_TRANSFER,
  SHOW_JOURNAL,
  SHOW_LOAN,
  SHOW_PORTFOLIO,
  SHOW_TRANSFER,
  VOTE_IN_COMMITTEE,
} from '@millrace/contracts/api';
import { addDays } from '@millrace/finance';
import { LENDER_ACCOUNT } from '@millrace/standalone/ready-made-clients';
import { eventually } from '../stage/stage.js';
import { SECOND_APPROVER, SECOND_RISK_OFFICER } from './neighbour.js';
import { afterClose, atMorning, lateLoan } from './s17-overdue-roll.js';
import type { Scenario, Scene } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const OFFICER = 'demo-risk-officer';
const PAYMENTS = 'demo-payment-officer';
/** More than the interval at which the bank's statement is read. */
const READING_MS = 5_000;
const LOOKS_PER_READING = 40;
const DAYS_LATE = 91;
const PRICE_MINOR = '9000000';
const SALE = {
  ...{ buyerName: '样例资产管理有限公司', buyerUscc: '91990100MA0LENDER2', priceMinor: PRICE_MINOR },
  ...{ contractReference: 'ZR-2026-S18', contractSha256: 'ab'.repeat(32) },
} as const;

/** Has the committee sell the claim; answers the loan as its partner sees it then. */
async function sell({ stage, check }: Scene, loanId: string) {
  const transferId = newId();
  const asked = await stage.ask(OFFICER, REQUEST_TRANSFER, { loanId, transferId }, { ...SALE, transfersOn: businessDate(stage.system.now()) });
  check.equal('what the sale waits for', asked.state, 'requested');
  const task = { loanId, taskId: asked.taskId! };
  const yes = { decision: 'apply', reasonCode: 'PRICE_IS_FAIR' } as const;
  for (const member of ['demo-approver', SECOND_APPROVER]) await stage.ask(member, VOTE_IN_COMMITTEE, { ...task, voteId: newId() }, yes);
  const { code } = await stage.refusal(OFFICER, VOTE_IN_COMMITTEE, { ...task, voteId: newId() }, yes);
  check.equal('the vote of whoever has asked', code, 'SOD_VIOLATION');
  await stage.ask(SECOND_RISK_OFFICER, VOTE_IN_COMMITTEE, { ...task, voteId: newId() }, yes);
  await stage.ask(SECOND_RISK_OFFICER, CONCLUDE_VOTE, { ...task, conclusionId: newId() });
  return eventually('the sale', async () => {
    const loan = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    return loan.status === 'TRANSFERRED' && loan;
  });
}

/** Money comes to the lender's account, and is no repayment: two persons say what it is. */
async function comesIn({ stage }: Scene, loanId: string, amountMinor: string, decision: string, parameters: Record<string, string>): Promise<void> {
  const transfer = { payerName: '付款企业', payerAccount: '9900000000004321', remittance: `还款 ${loanId}`, amountMinor, currency: 'CNY' };
  const told = { account: LENDER_ACCOUNT, valueOn: businessDate(stage.system.now()), ...transfer };
  const { bankReference } = (await stage.sandbox('PUT', `/sandbox/transfers/${newId()}`, told)) as { bankReference: string };
  // The clock of a stage stands still, and the statement is read again only after a while by it.
  let looks = 0;
  const meanwhile = async (): Promise<void> => {
    if (looks++ % LOOKS_PER_READING === 0) await stage.pass(READING_MS);
  };
  const said = { decision, parameters, reason: 'BANK_STATEMENT_SEEN', meanwhile };
  await twoPersonsSay(stage, { service: 'post-loan-monitoring', kind: 'suspense-money', about: bankReference, ...said });
}

/** Whoever is late is so for somebody else from the day of the sale on: the books, the limit, the case and the report of non-performing loans are without it. */
export const S18_TRANSFER: Scenario = {
  id: 'S18.transfer',
  title: 'A late loan is sold: the claim is its buyer’s',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's18transfer', 125);
    const nonPerforming = async (day: string): Promise<string> => {
      const { items } = await eventually(`the report of ${day}`, () => stage.find('demo-auditor', SHOW_PORTFOLIO, { date: day }));
      return items.find(({ dimension }) => dimension === 'all')!.nonPerformingMinor;
    };

    step(`${DAYS_LATE} days past due, the loan is non-performing`);
    const before = await afterClose(scene, loanId, dueOn, DAYS_LATE, ({ loanClass }) => loanClass === 'SUBSTANDARD');
    const soldOn = businessDate(stage.system.now());
    check.equal('non-performing on the day before', await nonPerforming(addDays(soldOn, -1)), before.outstandingPrincipalMinor);

    step('the claim is sold by the vote of a committee');
    const loan = await sell(scene, loanId);
    check.equal('the loan for its partner', [loan.transferredOn, loan.transferredTo, loan.dueMinor, loan.payoff], [soldOn, SALE.buyerName, '0', null]);
    const { principalMinor, interestMinor, penaltyMinor, allowanceMinor, gainMinor } = await stage.ask(OFFICER, SHOW_TRANSFER, { loanId });
    check.equal('the principal that was sold', principalMinor, before.outstandingPrincipalMinor);
    check.equal('interest and charges that were sold', [interestMinor, penaltyMinor], [before.payoff!.interestMinor, before.payoff!.penaltyMinor]);
    // Of a non-performing loan interest is kept beside the books, and is no part of what the sale has lost.
    check.equal('what it has lost', BigInt(gainMinor), BigInt(PRICE_MINOR) + BigInt(allowanceMinor) - BigInt(principalMinor));
    await stage.reaches(applicationId, 'TRANSFERRED');
    await eventually('the limit to be free', async () => {
      const { items } = await stage.ask(PAYMENTS, LIST_PAYOUTS, { applicationId });
      return items[0]?.reservation === 'REPAID';
    });
    const { items: cases } = await stage.ask('demo-collector', LIST_COLLECTION_CASES, {});
    check.equal('open cases of the loan', cases.filter((one) => one.loanId === loanId && one.state === 'open').length, 0);

    step('the borrower is told');
    await eventually('the notice to be delivered', async () => (await stage.ask(OFFICER, SHOW_TRANSFER, { loanId })).noticeServedOn !== null);
    const { items: letters } = await stage.ask('demo-partner', LIST_LETTERS, { loanId });
    check.that(
      'the partner can read the notice',
      letters.some(({ kind, delivery }) => kind === 'transfer_notice' && delivery === 'done'),
    );

    step('the borrower pays the lender, and the buyer pays the price');
    const transfer = { amountMinor: '100', currency: 'CNY', receivedOn: soldOn, bankReference: 'S18-LATE' };
    const { code } = await stage.refusal('demo-partner', RECORD_REPAYMENT, { loanId, repaymentId: newId() }, transfer);
    check.equal('the answer to a repayment', code, 'CLAIM_TRANSFERRED');
    await comesIn(scene, loanId, '50000', 'pass-on', { loanId, passReference: 'S18-ON' });
    await comesIn(scene, loanId, PRICE_MINOR, 'price', { loanId });
    check.equal('what the buyer has paid', (await stage.ask(OFFICER, SHOW_TRANSFER, { loanId })).priceReceivedMinor, PRICE_MINOR);
    const { accounts } = await stage.ask('demo-auditor', SHOW_JOURNAL, { loanId });
    const left = (account: string): string => accounts.find((one) => one.account === account)?.balanceMinor ?? '0';
    check.equal('principal, price and memo that the loan has left in the books', ['1303', '1221', '9002'].map(left), ['0', '0', '0']);

    step('the close of the day, and of the days after');
    await stage.moveTo(atMorning(soldOn, 3));
    check.equal('non-performing from the day of the sale on', [await nonPerforming(soldOn), await nonPerforming(addDays(soldOn, 2))], ['0', '0']);
    const after = await stage.ask(OFFICER, SHOW_LOAN, { loanId });
    check.equal('the loan days later', [after.status, after.dpd, after.outstandingPrincipalMinor], ['TRANSFERRED', 0, '0']);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
