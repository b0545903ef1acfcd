import { newId } from '@millrace/contracts';
import { CONCLUDE_VOTE, RESTRUCTURE_LOAN, SHOW_COMMITTEE, SHOW_LOAN, SHOW_SCHEDULE, VOTE_IN_COMMITTEE, type BodyOf } from '@millrace/contracts/api';
import { addMonths } from '@millrace/finance';
import type { Stage } from '../stage/stage.js';
import { eventually } from '../stage/stage.js';
import { SECOND_APPROVER } from './neighbour.js';
import { afterClose, atMorning, lateLoan } from './s17-overdue-roll.js';
import type { Scenario } from './scenario.js';

const MANAGER = 'demo-account-manager';
const OFFICER = 'demo-risk-officer';
const DOCUMENT = 'ab'.repeat(32);
const DAYS_LATE = 40;
const WATCH_MONTHS = 12;
const YES = { decision: 'apply', reasonCode: 'CONDITIONS_MET' } as const;
type Terms = Pick<BodyOf<typeof RESTRUCTURE_LOAN>, 'rateBps' | 'firstDueOn' | 'instalments'>;

const ask = (stage: Stage, loanId: string, terms: Terms, restructuringId = newId()) =>
  stage.ask(MANAGER, RESTRUCTURE_LOAN, { loanId, restructuringId }, { ...terms, hardship: 'loss_of_customers', evidenceSha256: DOCUMENT, consents: [] });

/** Three members say yes, the head of risk among them; answers once the loan has its new terms. */
async function committeeAgrees(stage: Stage, loanId: string, taskId: string): Promise<void> {
  for (const member of ['demo-approver', SECOND_APPROVER, OFFICER]) await stage.ask(member, VOTE_IN_COMMITTEE, { loanId, taskId, voteId: newId() }, YES);
  await stage.ask(OFFICER, CONCLUDE_VOTE, { loanId, taskId, conclusionId: newId() });
  await eventually('what the committee decided to be done', async () => (await stage.ask(OFFICER, SHOW_COMMITTEE, { loanId, taskId })).status === 'applied');
}

/** A loan that is late gets other terms by the word of a committee, and other ones again before its watch is over. */
export const S18_RESTRUCTURING: Scenario = {
  id: 'S18.restructuring',
  title: 'Restructured by a committee, and again in the watch',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's18restructuring', 122);
    const loan = () => stage.ask(OFFICER, SHOW_LOAN, { loanId });

    step(`${DAYS_LATE} days past due, and the borrower cannot pay by the contract`);
    await afterClose(scene, loanId, dueOn, DAYS_LATE - 1, ({ loanClass }) => loanClass === 'SPECIAL_MENTION');
    const before = await loan();
    const firstDueOn = addMonths(dueOn, 3);
    const asked = await ask(stage, loanId, { rateBps: 435, firstDueOn, instalments: 24 });
    check.equal('what the change waits for', asked.state, 'requested');
    const task = { loanId, taskId: asked.taskId! };

    step('the committee: two of its members are too few, and the head of risk has to be heard');
    const vote = (member: string) => stage.ask(member, VOTE_IN_COMMITTEE, { ...task, voteId: newId() }, YES);
    const tooFew = async (): Promise<string> => (await stage.refusal(OFFICER, CONCLUDE_VOTE, { ...task, conclusionId: newId() })).code;
    await vote('demo-approver');
    check.equal('a conclusion after one vote', await tooFew(), 'VOTE_INCOMPLETE');
    await vote(SECOND_APPROVER);
    check.equal('the status of the loan before the decision', (await loan()).status, 'OVERDUE');
    await vote(OFFICER);
    await stage.ask(OFFICER, CONCLUDE_VOTE, { ...task, conclusionId: newId() });
    const restructured = await eventually('the new terms', async () => {
      const seen = await loan();
      return seen.restructuredOn !== null && seen;
    });
    const firstOn = restructured.restructuredOn!;
    check.equal('status, days past due and class', [restructured.status, restructured.dpd, restructured.loanClass], ['ACTIVE', 0, 'SPECIAL_MENTION']);
    check.equal('the principal', restructured.outstandingPrincipalMinor, before.outstandingPrincipalMinor);
    check.equal('the maturity', restructured.maturesOn, addMonths(firstDueOn, 23));

    step('three instalments are paid in time, and it does not get better in the watch');
    const pay = async (count: number): Promise<void> => {
      const { items } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
      const today = (await loan()).asOf;
      for (const { dueOn: on, totalMinor } of items.filter((row) => row.status !== 'paid' && row.dueOn >= today).slice(0, count)) {
        await stage.moveTo(atMorning(on, 0));
        await stage.repay(loanId, totalMinor, on);
      }
    };
    await pay(3);
    check.equal('the class with nothing late', (await loan()).loanClass, 'SPECIAL_MENTION');

    step('restructured again in the watch');
    const again = await ask(stage, loanId, { rateBps: 300 });
    await committeeAgrees(stage, loanId, again.taskId!);
    const second = await loan();
    check.equal('the class', second.loanClass, 'SUBSTANDARD');
    check.that('it is another day', second.restructuredOn! > firstOn, second.restructuredOn);

    step('the watch has begun anew: the end of the first one changes nothing');
    await pay(9);
    const firstEnd = addMonths(firstOn, WATCH_MONTHS);
    check.that('the first watch would be over', (await loan()).asOf > firstEnd);
    check.equal('the class after the first watch', (await loan()).loanClass, 'SUBSTANDARD');

    step('twelve months after the second one, with all paid in time, it is better');
    await pay(4);
    check.that('the second watch is over', (await loan()).asOf > addMonths(second.restructuredOn!, WATCH_MONTHS));
    await afterClose(scene, loanId, (await loan()).asOf, 0, ({ loanClass }) => loanClass === 'NORMAL');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
