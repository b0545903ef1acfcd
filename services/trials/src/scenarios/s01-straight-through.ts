import { LIST_REVIEW_TASKS, SHOW_APPLICATION, SHOW_APPLICATION_TIMELINE, SHOW_LOAN, SHOW_OFFER, SHOW_SCHEDULE } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario } from './scenario.js';

const INSTALMENT_MINOR = '2586822';
const LAST_INSTALMENT_MINOR = '2586817';

/** A healthy firm asks for 300,000 yuan over 12 months; nobody at the lender acts, from the submission to the last instalment. */
export const S01: Scenario = {
  id: 'S01',
  title: 'Straight through, to settlement',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s01', S01_FIRM);
    const applicationId = await stage.apply(firm);

    step('offered');
    const offered = await stage.reaches(applicationId, 'OFFERED');
    check.equal('the score that the partner sees', offered.score, null);
    const { score } = await stage.ask('demo-risk-officer', SHOW_APPLICATION, { applicationId });
    check.equal('score, grade, limit and rate', [score?.score, score?.grade, score?.limitMinor, score?.rateBps], [700, 'R4', '32000000', 635]);
    const { decision } = offered;
    check.equal('the decision', [decision?.outcome, decision?.tier, decision?.amountMinor, decision?.rateBps], ['approved', 'T0', '30000000', 635]);
    // G-PR-02: the cost of everything is on the table before anything is signed.
    const offer = await stage.ask('demo-partner', SHOW_OFFER, { applicationId });
    check.equal('the effective annual rate', Math.round(offer.effectiveAnnualRateBps), 654);
    check.that('the offer has a cost sheet', Boolean(offer.costSheet));
    check.equal('the contract before the offer is accepted', offered.contract, null);

    step('paid');
    const { loanId } = await stage.takeOffer(applicationId);
    check.equal('what the bank paid to the firm', await stage.paidTo(firm.bankAccount.accountNumber), { debits: 1, totalMinor: '30000000' });
    const { items: rows, totals } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    const instalments = rows.map(({ totalMinor }) => totalMinor);
    check.equal('the instalments', instalments, [...Array<string>(11).fill(INSTALMENT_MINOR), LAST_INSTALMENT_MINOR]);
    check.equal('the interest of all', totals.interestMinor, '1041859');

    step('repaid on each due date');
    for (const { dueOn, totalMinor } of rows) {
      await stage.moveTo(new Date(`${dueOn}T02:00:00Z`));
      await stage.repay(loanId, totalMinor, dueOn);
    }
    await stage.reaches(applicationId, 'SETTLED');
    const loan = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    check.equal('the loan', [loan.status, loan.outstandingPrincipalMinor, loan.dpd], ['SETTLED', '0', 0]);

    check.equal('the open task of the application', await stage.openTask(applicationId), undefined);
    const decided = await stage.ask('demo-risk-officer', LIST_REVIEW_TASKS, { status: 'decided', limit: 50 });
    check.equal('tasks that a person decided', decided.items, []);
    const timeline = await stage.ask('demo-partner', SHOW_APPLICATION_TIMELINE, { applicationId });
    const types = timeline.items.map(({ type }) => type.replace(/^dev\.millrace\.lending\.[a-z-]+\./, '').replace(/\.v\d+$/, ''));
    check.holds('the events that the partner sees', types, [
      'submitted',
      'kyc-requested',
      'scoring-requested',
      'approved',
      'offer-issued',
      'contract-signed',
      'loan-activated',
      'loan-booked',
      'repayment-received',
      'loan-settled',
      'loan-closed',
    ]);
    for (const { occurredAt, actor } of timeline.items) check.that('every entry has a time and an actor', Boolean(occurredAt && actor.kind && actor.id));
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
