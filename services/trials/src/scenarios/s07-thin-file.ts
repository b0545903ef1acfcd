import { newId } from '@millrace/contracts';
import { S07_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario } from './scenario.js';

/** A young firm without a bureau record asks for 300,000 yuan: one approver decides, and the tax cap binds at 190,000. */
export const S07: Scenario = {
  id: 'S07',
  title: 'Thin file',
  scorecard: 'vector',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s07', S07_FIRM);
    const applicationId = await stage.apply(firm);
    const codes = (reasons: { code: string }[]): string[] => reasons.map(({ code }) => code);

    step('one approver looks at it');
    const waiting = await stage.reaches(applicationId, 'REVIEW_SINGLE');
    check.equal('what the partner sees of the review', [waiting.score, waiting.review.stage], [null, 'approval']);
    check.equal('why a person looks', codes(waiting.review.reasons), ['CREDIT_INFORMATION', 'AMOUNT_REDUCED']);
    check.equal('the decision before a person has made it', waiting.decision, null);
    const { score } = await stage.must('demo-approver', 'GET', `/v1/loan-applications/${applicationId}`);
    check.equal('score and grade', [score.score, score.grade], [652, 'R5']);
    check.equal('limit, binding cap and rate', [score.limitMinor, score.bindingCap, score.rateBps], ['19000000', 'tax', 685]);
    const task = await eventually('the review task', () => stage.openTask(applicationId));
    check.equal('the task', [task.stage, task.tier], ['approval', 'T1']);

    step('neither the maker nor other staff decide (R-UW-05)');
    const path = `/v1/review-tasks/${task.reviewTaskId}/decisions/${newId()}`;
    const approval = { decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the owner is known to us' };
    for (const client of ['demo-partner', 'demo-auditor'])
      check.equal(`the answer to ${client}`, (await stage.call(client, 'PUT', path, approval)).status, 403);
    await stage.must('demo-approver', 'PUT', path, approval);

    step('paid');
    const { decision } = await stage.reaches(applicationId, 'OFFERED');
    check.equal('the decision', [decision.outcome, decision.tier, decision.amountMinor, decision.rateBps], ['approved', 'T1', '19000000', 685]);
    check.equal('the reasons that the applicant is told', codes(decision.reasons), ['CREDIT_INFORMATION', 'AMOUNT_REDUCED']);
    const { loanId } = await stage.takeOffer(applicationId);
    const schedule = await stage.must('demo-partner', 'GET', `/v1/loans/${loanId}/schedule`);
    check.equal('the instalment of a month', schedule.items[0].totalMinor, '1642695');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
