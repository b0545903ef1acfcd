import { newId } from '@millrace/contracts';
import { LIST_REPAYMENTS, RECORD_REPAYMENT, SHOW_LOAN, SHOW_SCHEDULE } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario } from './scenario.js';

const HOUR = 'T02:00:00Z';
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

    step('one transfer, told twice');
    await stage.moveTo(new Date(first!.dueOn + HOUR));
    const transfer = { amountMinor: first!.totalMinor, currency: 'CNY', receivedOn: first!.dueOn, bankReference: 'S16-FIRST' };
    const [told, again] = [newId(), newId()];
    await stage.ask('demo-partner', RECORD_REPAYMENT, { loanId, repaymentId: told }, transfer);
    const twin = await stage.ask('demo-partner', RECORD_REPAYMENT, { loanId, repaymentId: again }, transfer);
    check.equal('what the second report is told', 'duplicateOf' in twin && twin.duplicateOf, told);
    check.equal('repayments on the loan', (await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId })).items.length, 1);

    step('a part comes on the due date');
    await stage.moveTo(new Date(second!.dueOn + HOUR));
    await stage.repay(loanId, String(PART_MINOR), second!.dueOn);
    const { items: paid } = await stage.ask('demo-partner', LIST_REPAYMENTS, { loanId });
    const { interestMinor, principalMinor } = paid.at(-1)!.allocation;
    check.equal('interest is paid before principal', [interestMinor, BigInt(interestMinor) + BigInt(principalMinor)], [second!.interestMinor, PART_MINOR]);

    step('the rest is told later, and counts from its own day');
    await stage.moveTo(new Date(third!.dueOn + HOUR));
    check.that('the loan is late before the money is told', (await loan()).dpd > 0);
    await stage.report(loanId, String(BigInt(second!.totalMinor) - PART_MINOR), second!.dueOn);
    const inTime = await loan();
    check.equal('days past due and what lateness costs', [inTime.dpd, inTime.penaltyMinor, inTime.compoundMinor], [0, '0', '0']);

    step('paid to instalment 6, and off ten days later');
    for (const { dueOn, totalMinor } of rows.slice(2, 6)) {
      await stage.moveTo(new Date(dueOn + HOUR));
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
