import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, SHOW_APPLICATION, SHOW_SCHEDULE } from '@millrace/contracts/api';
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
    const codes = (told: { readonly reasons: readonly { readonly code: string }[] } | null): string[] => (told?.reasons ?? []).map(({ code }) => code);

    step('one approver looks at it');
    const waiting = await stage.reaches(applicationId, 'REVIEW_SINGLE');
    check.equal('what the partner sees of the review', [waiting.score, waiting.review?.stage], [null, 'approval']);
    check.equal('why a person looks', codes(waiting.review), ['CREDIT_INFORMATION', 'AMOUNT_REDUCED']);
    check.equal('the decision before a person has made it', waiting.decision, null);
    const { score } = await stage.ask('demo-approver', SHOW_APPLICATION, { applicationId });
    check.equal('score and grade', [score?.score, score?.grade], [652, 'R5']);
    check.equal('limit, binding cap and rate', [score?.limitMinor, score?.bindingCap, score?.rateBps], ['19000000', 'tax', 685]);
    const task = await eventually('the review task', () => stage.openTask(applicationId));
    check.equal('the task', [task.stage, task.tier], ['approval', 'T1']);

    step('neither the maker nor other staff decide (R-UW-05)');
    const ids = { reviewTaskId: task.reviewTaskId, decisionId: newId() };
    const approval = { decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the owner is known to us' } as const;
    for (const client of ['demo-partner', 'demo-auditor'])
      check.equal(`the answer to ${client}`, (await stage.refusal(client, DECIDE_REVIEW, ids, approval)).status, 403);
    await stage.ask('demo-approver', DECIDE_REVIEW, ids, approval);

    step('paid');
    const { decision } = await stage.reaches(applicationId, 'OFFERED');
    check.equal('the decision', [decision?.outcome, decision?.tier, decision?.amountMinor, decision?.rateBps], ['approved', 'T1', '19000000', 685]);
    check.equal('the reasons that the applicant is told', codes(decision), ['CREDIT_INFORMATION', 'AMOUNT_REDUCED']);
    const { loanId } = await stage.takeOffer(applicationId);
    const schedule = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    check.equal('the instalment of a month', schedule.items[0]?.totalMinor, '1642695');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
