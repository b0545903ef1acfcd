import { newId } from '@millrace/contracts';
import { LIST_REPAYMENTS, REQUEST_REVERSAL, SHOW_LOAN, SHOW_SCHEDULE } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const HOUR = 'T02:00:00Z';
/** Money that came before on the same day has taken its time. */
const LATER = 'T06:00:00Z';
/** Part of an instalment: 10,000 yuan. */
const PART_MINOR = 1_000_000n;

/** Money comes twice by name, late, and in part; then the loan is paid off ten days after an instalment. */
export const S16_MONEY: Scenario = {
  id: 'S16.money',
  title: 'Money in: told twice, late, in part, and a payoff',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s16', { ...S01_FIRM, seed: 116 });
    const applicationId = await stage.apply(firm);
    const { loanId } = await stage.takeOffer(applicationId);
    const loan = () => stage.ask('demo-partner', SHOW_LOAN, { loanId });
    const { items: rows } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    const [first, second, third] = rows;

    step('one transfer, told twice, and shown by the bank');
    await stage.moveTo(new Date(first!.dueOn + HOUR));
    const bankReference = 'S16-FIRST';
    const tell = (repaymentId: string) => stage.report(loanId, first!.totalMinor, first!.dueOn, { repaymentId, bankReference });
    const [told, again] = [newId(), newId()];
    check.equal('where the report stands', (await tell(told)).state, 'announced');
    check.equal('what the second report is told', (await tell(again)).duplicateOf, told);
    check.equal('repayments on the loan', (await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId })).items.length, 0);
    await stage.repay(loanId, first!.totalMinor, first!.dueOn, { bankReference });
    for (const repaymentId of [told, again]) check.equal('where each report stands then', (await tell(repaymentId)).state, 'booked');
    check.equal('repayments on the loan', (await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId })).items.length, 1);

    step('a part comes on the due date');
    await stage.moveTo(new Date(second!.dueOn + HOUR));
    await stage.repay(loanId, String(PART_MINOR), second!.dueOn);
    const { items: paid } = await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId });
    const { interestMinor, principalMinor } = paid.at(-1)!.allocation;
    check.equal('interest is paid before principal', [interestMinor, BigInt(interestMinor) + BigInt(principalMinor)], [second!.interestMinor, PART_MINOR]);

    step('the rest is shown later, and counts from its own day');
    await stage.moveTo(new Date(third!.dueOn + HOUR));
    check.that('the loan is late before the money is shown', (await loan()).dpd > 0);
    await stage.repay(loanId, String(BigInt(second!.totalMinor) - PART_MINOR), second!.dueOn);
    const inTime = await loan();
    check.equal('days past due and what lateness costs', [inTime.dpd, inTime.penaltyMinor, inTime.compoundMinor], [0, '0', '0']);

    step('paid to instalment 6, and off ten days later');
    for (const { dueOn, totalMinor } of rows.slice(2, 6)) {
      await stage.moveTo(new Date(dueOn + LATER));
      await stage.repay(loanId, totalMinor, dueOn);
    }
    const seventh = rows[6]!;
    await stage.moveTo(new Date(`2026-09-12${HOUR}`));
    const { payoff } = await loan();
    // Ten of the thirty days of the period that instalment 7 ends (G-PR-10).
    const earnedMinor = (BigInt(seventh.interestMinor) * 10n * 2n + 30n) / 60n;
    check.equal('the payoff', [payoff?.principalMinor, payoff?.interestMinor, payoff?.feesMinor], [rows[5]!.balanceMinor, String(earnedMinor), '0']);
    await stage.repay(loanId, payoff!.toPayMinor, '2026-09-12');
    const settled = await loan();
    check.equal('the loan', [settled.status, settled.outstandingPrincipalMinor, settled.heldMinor], ['SETTLED', '0', '0']);
    await stage.reaches(applicationId, 'SETTLED');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** The debit of the second instalment bounces: the loan is late again, and the payoff that had settled a loan may be taken back as well. */
export const S16_REVERSAL: Scenario = {
  id: 'S16.reversal',
  title: 'Money in: a debit bounces, and a payoff is recalled',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s16reversal', { ...S01_FIRM, seed: 119 });
    const applicationId = await stage.apply(firm);
    const { loanId } = await stage.takeOffer(applicationId);
    const loan = () => stage.ask('demo-partner', SHOW_LOAN, { loanId });
    const { items: rows } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    const takeBack = async (reason: 'bounced' | 'recalled'): Promise<void> => {
      const { items } = await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId });
      const { repaymentId } = items.at(-1)!;
      const { state } = await stage.ask('demo-payment-officer', REQUEST_REVERSAL, { loanId, reversalId: newId() }, { repaymentId, reason });
      check.equal('what the request waits for', state, 'requested');
      const said = { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' };
      await twoPersonsSay(stage, { service: 'post-loan-monitoring', kind: 'repayment-reversal', about: repaymentId, ...said });
    };

    step('two instalments are paid, and the second bounces');
    for (const { dueOn, totalMinor } of rows.slice(0, 2)) {
      await stage.moveTo(new Date(dueOn + HOUR));
      await stage.repay(loanId, totalMinor, dueOn);
    }
    // The second is due in the May holidays, and may be paid on 6 May.
    await stage.moveTo(new Date(`2026-05-20${HOUR}`));
    const paid = await loan();
    check.equal('days past due and principal while the money counts', [paid.dpd, paid.outstandingPrincipalMinor], [0, rows[1]!.balanceMinor]);
    await takeBack('bounced');
    const late = await loan();
    check.equal('days past due and principal without it', [late.dpd, late.outstandingPrincipalMinor], [14, rows[0]!.balanceMinor]);
    check.that('lateness has its price from the due date on', BigInt(late.penaltyMinor) > 0n);

    step('paid off, recalled, and paid off again');
    await stage.repay(loanId, late.payoff!.toPayMinor, '2026-05-20');
    await stage.reaches(applicationId, 'SETTLED');
    await takeBack('recalled');
    await stage.reaches(applicationId, 'OVERDUE');
    const owed = await loan();
    check.equal('what is owed again', [owed.status, owed.outstandingPrincipalMinor, owed.dpd], ['OVERDUE', rows[0]!.balanceMinor, 14]);
    await stage.repay(loanId, owed.payoff!.toPayMinor, '2026-05-20');
    await stage.reaches(applicationId, 'SETTLED');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
