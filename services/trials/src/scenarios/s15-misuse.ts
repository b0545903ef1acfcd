import { newId } from '@millrace/contracts';
import { RECORD_CLASS_FACT, REQUEST_ACCELERATION, SHOW_LOAN } from '@millrace/contracts/api';
import { addDays } from '@millrace/finance';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import { atMorning } from './s17-overdue-roll.js';
import type { Scenario } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const OFFICER = 'demo-risk-officer';
const MISUSED_MINOR = '12000000';
const PROOF = 'cd'.repeat(32);

/** 120,000 of a loan of 300,000 go to a securities account on its third day: it costs more at once, and then the whole loan is called in. */
export const S15_MONEY: Scenario = {
  id: 'S15.money',
  title: 'The money goes elsewhere: what it costs, and the loan called in',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s15misuse', { ...S01_FIRM, seed: 123 });
    const applicationId = await stage.apply(firm);
    const { loanId } = await stage.takeOffer(applicationId);
    const loan = () => stage.ask(OFFICER, SHOW_LOAN, { loanId });
    const { disbursedOn, principalMinor, rateBps } = await loan();
    check.equal('what was lent, and at which rate', [principalMinor, rateBps], ['30000000', 635]);

    step('the third day: misuse of 120,000 is seen in a report');
    const from = addDays(disbursedOn, 3);
    await stage.moveTo(atMorning(from, 0));
    await stage.ask(
      OFFICER,
      RECORD_CLASS_FACT,
      { loanId, classFactId: newId() },
      { kind: 'misuse', from, amountMinor: MISUSED_MINOR, reason: 'monitoring_report' },
    );
    const told = await loan();
    check.equal('class, days past due and penalty at once', [told.loanClass, told.dpd, told.penaltyMinor], ['SPECIAL_MENTION', 0, '0']);

    step('20 days later');
    await stage.moveTo(atMorning(from, 20));
    // 120,000 at 6.35% raised by 80% for 20 days of 360 (G-PR-07).
    const later = await loan();
    check.equal('interest for misuse, class and days past due', [later.penaltyMinor, later.loanClass, later.dpd], ['76200', 'SPECIAL_MENTION', 0]);

    step('notice is served, and two persons call the loan in');
    const notice = { noticeServedOn: addDays(from, 19), noticeChannel: 'registered_mail', noticeSha256: PROOF } as const;
    const accelerationId = newId();
    const asked = await stage.ask(OFFICER, REQUEST_ACCELERATION, { loanId, accelerationId }, { ground: 'misuse', ...notice });
    check.equal('what it waits for', [asked.state, (await loan()).status], ['requested', 'ACTIVE']);
    const agreed = { decision: 'apply', reason: 'EVIDENCE_SEEN' } as const;
    await twoPersonsSay(stage, { service: 'post-loan-monitoring', kind: 'acceleration', about: accelerationId, ...agreed });
    const due = await eventually('the loan to be called in', async () => {
      const seen = await loan();
      return seen.status === 'ACCELERATED' && seen;
    });
    check.equal('the status', due.status, 'ACCELERATED');
    check.that('all of it is due, with the interest for misuse', BigInt(due.dueMinor) > BigInt(principalMinor) + 76_200n, due.dueMinor);

    step('repaid in full');
    await stage.repay(loanId, due.dueMinor, due.asOf);
    const settled = await loan();
    check.equal('status and what is owed', [settled.status, settled.outstandingPrincipalMinor, settled.heldMinor], ['SETTLED', '0', '0']);
    await stage.reaches(applicationId, 'SETTLED');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
