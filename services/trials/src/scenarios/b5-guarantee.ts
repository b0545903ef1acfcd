import { newId } from '@millrace/contracts';
import { CLAIM_GUARANTEE, LIST_GUARANTEES, RECORD_COMPENSATION, RECORD_GUARANTEE, SHOW_LOAN } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import { atMorning } from './s17-overdue-roll.js';
import type { Scenario, Scene } from './scenario.js';
import { twoPersonsSay } from './two-persons.js';

const DOCUMENT = 'ab'.repeat(32);
const OFFICER = 'demo-risk-officer';
const SAID = { service: 'post-loan-monitoring', decision: 'apply' } as const;
/** Short, so that its guarantee lapses nine months after the payout. */
const TENOR_MONTHS = 3;
const ALARM_DAYS = 60;

/** A loan that is never paid, and somebody who stands for it for six months after its maturity, as the contract of guarantee says nothing of the time. */
async function guaranteedLoan({ stage, check, step }: Scene, firmId: string, seed: number) {
  const firm = await stage.firm(firmId, { ...S01_FIRM, seed });
  const applicationId = await stage.apply(firm, { tenorMonths: TENOR_MONTHS });
  const { loanId } = await stage.takeOffer(applicationId);
  const { principalMinor } = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
  step('somebody stands for the loan');
  const guaranteeId = newId();
  // Twice the principal, so that what lateness costs is within it.
  const limitMinor = String(2n * BigInt(principalMinor));
  const guarantee = { guarantorRef: 'GUARANTOR-0005', kind: 'joint', limitMinor, contractSha256: DOCUMENT } as const;
  await stage.ask('demo-account-manager', RECORD_GUARANTEE, { loanId, guaranteeId }, guarantee);
  await twoPersonsSay(stage, { ...SAID, kind: 'guarantee', about: guaranteeId, reason: 'EVIDENCE_SEEN' });
  const read = async () => (await stage.ask(OFFICER, LIST_GUARANTEES, { loanId })).items[0]!;
  const { lapsesOn, state, alarmedOn } = await read();
  check.equal('the guarantee', [state, alarmedOn], ['live', null]);
  const claim = { guaranteeId, ground: 'long_overdue', documentSha256: DOCUMENT } as const;
  return { firm, applicationId, loanId, guaranteeId, lapsesOn, read, claim };
}

/** The loan as the close of a day has left it, looked at on the morning after. */
async function closed({ stage }: Scene, day: Date, what: string, is: () => Promise<boolean>): Promise<void> {
  await stage.moveTo(day);
  await eventually(what, is);
}

/** Sixty days before the lapse the lender is told; asked in time, the guarantor pays all of it, and the borrower owes the guarantor instead. */
export const B5_CLAIMED: Scenario = {
  id: 'B5.claimed',
  title: 'A guarantor is asked in time, and pays',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { firm, applicationId, loanId, guaranteeId, lapsesOn, read, claim } = await guaranteedLoan(scene, 'b5claimed', 123);
    step(`${ALARM_DAYS} days before the guarantee lapses`);
    await closed(scene, atMorning(lapsesOn, 1 - ALARM_DAYS), 'the alarm', async () => (await read()).alarmedOn !== null);
    const told = (await stage.eventsOf(loanId)).find(({ type }) => type.endsWith('guarantee-lapse-near.v1'));
    check.that('what is told', told?.text.includes(`"daysLeft":${ALARM_DAYS}`) === true, told?.text);

    step('the guarantor is asked for all that is due');
    const { dueMinor, status, guaranteeStatus } = await stage.ask(OFFICER, SHOW_LOAN, { loanId });
    check.equal('the loan', [status, guaranteeStatus], ['OVERDUE', 'live']);
    const guaranteeClaimId = newId();
    await stage.ask(OFFICER, CLAIM_GUARANTEE, { loanId, guaranteeClaimId }, { ...claim, amountMinor: dueMinor });
    await twoPersonsSay(stage, { ...SAID, kind: 'guarantee-claim', about: guaranteeClaimId, reason: 'CONDITIONS_MET' });
    check.equal('the guarantee', [(await read()).state, (await read()).claimedMinor], ['claimed', dueMinor]);

    step('its money comes, and two persons know it as its own');
    const today = stage.system.now().toISOString().slice(0, 10);
    const bankReference = await stage.repay(loanId, dueMinor, today, { payerName: '担保公司', payerAccount: '9900000000005678' });
    const guaranteeCompensationId = newId();
    await stage.ask('demo-payment-officer', RECORD_COMPENSATION, { loanId, guaranteeCompensationId }, { guaranteeId, bankReference });
    await twoPersonsSay(stage, { ...SAID, kind: 'guarantee-compensation', about: guaranteeCompensationId, reason: 'EVIDENCE_SEEN' });
    await stage.reaches(applicationId, 'SETTLED');
    const paid = await read();
    check.equal('the guarantee, and what its guarantor can ask the borrower for', [paid.state, paid.paidMinor], ['compensated', dueMinor]);
    const settled = await stage.ask(OFFICER, SHOW_LOAN, { loanId });
    check.equal('the loan', [settled.status, settled.outstandingPrincipalMinor, settled.guaranteeStatus], ['SETTLED', '0', 'compensated']);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** Nobody asks in time: the guarantee lapses with the end of its last day, and the engine refuses the claim by the statute. */
export const B5_LAPSED: Scenario = {
  id: 'B5.lapsed',
  title: 'Nobody asks the guarantor in time',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { firm, applicationId, loanId, lapsesOn, read, claim } = await guaranteedLoan(scene, 'b5lapsed', 124);
    step(`${ALARM_DAYS} days before the guarantee lapses, and nobody asks`);
    await closed(scene, atMorning(lapsesOn, 1 - ALARM_DAYS), 'the alarm', async () => (await read()).alarmedOn !== null);

    step('the morning after its last day');
    await closed(scene, atMorning(lapsesOn, 1), 'the lapse', async () => (await read()).state === 'lapsed');
    const { code, status, message } = await stage.refusal(OFFICER, CLAIM_GUARANTEE, { loanId, guaranteeClaimId: newId() }, { ...claim, amountMinor: '100' });
    check.equal('the answer to a claim', [status, code], [409, 'GUARANTEE_LAPSED']);
    check.that('the statute is cited', /article 692; G-EC-04/.test(message), message);
    const loan = await stage.ask(OFFICER, SHOW_LOAN, { loanId });
    check.equal('the loan is owed on', [loan.status, loan.guaranteeStatus], ['OVERDUE', 'lapsed']);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
