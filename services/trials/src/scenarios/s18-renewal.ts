import { applicationOf, type SandboxFirm } from '@millrace/client';
import { businessDate, newId } from '@millrace/contracts';
import { SHOW_APPLICATION, SHOW_CONTRACT, SHOW_JOURNAL, SHOW_LOAN, SHOW_SCHEDULE, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { afterClose, atMorning } from './s17-overdue-roll.js';
import type { Scenario, Scene } from './scenario.js';

const PARTNER = 'demo-partner';
/** Interest month by month, and all the principal at the end: what is renewed. */
const TERMS = { repaymentMethod: 'interest_monthly', tenorMonths: 3 } as const;
const DAYS_BEFORE = 20;
/** The sources look at the applications of a week. */
const WEEK_BEFORE = DAYS_BEFORE + 9;

interface Borrowed {
  readonly firm: SandboxFirm;
  readonly applicationId: string;
  readonly loanId: string;
  readonly dueOn: readonly string[];
}

async function borrow({ stage }: Scene, firmId: string, seed: number): Promise<Borrowed> {
  const firm = await stage.firm(firmId, { ...S01_FIRM, seed });
  const applicationId = await stage.apply(firm, TERMS);
  const { loanId } = await stage.takeOffer(applicationId);
  const { items } = await stage.ask(PARTNER, SHOW_SCHEDULE, { loanId });
  return { firm, applicationId, loanId, dueOn: items.map(({ dueOn }) => dueOn) };
}

/** The interest of all months but the last is paid when it is due; of the second loan that of the last of them is not. */
async function payInterest({ stage }: Scene, inOrder: Borrowed, late: Borrowed): Promise<void> {
  for (const [at, on] of inOrder.dueOn.slice(0, -1).entries()) {
    await stage.moveTo(atMorning(on, 0));
    for (const { loanId } of at === inOrder.dueOn.length - 2 ? [inOrder] : [inOrder, late]) {
      const { dueMinor } = await stage.ask(PARTNER, SHOW_LOAN, { loanId });
      await stage.repay(loanId, dueMinor, on);
    }
  }
}

/** Pays what the loan owes beside its principal today. */
async function payInterestToTheDay({ stage }: Scene, loanId: string): Promise<void> {
  const { payoff, outstandingPrincipalMinor } = await stage.ask(PARTNER, SHOW_LOAN, { loanId });
  await stage.repay(loanId, String(BigInt(payoff!.toPayMinor) - BigInt(outstandingPrincipalMinor)), payoff!.on);
}

/** Before it matures, a loan in order is repaid with a new one: no money moves, and it stays normal. One with interest in arrears is not renewed. */
export const S18_RENEWAL: Scenario = {
  id: 'S18.renewal',
  title: 'Renewed before it matures, and not with arrears',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const old = await borrow(scene, 's18renewal', 123);
    const late = await borrow(scene, 's18renewallate', 124);
    const loan = (loanId: string) => stage.ask('demo-risk-officer', SHOW_LOAN, { loanId });
    const { outstandingPrincipalMinor: owedMinor } = await loan(old.loanId);
    const renew = ({ firm, loanId: renewsLoanId }: Borrowed, requestedAmountMinor = owedMinor) =>
      stage.apply(firm, { ...TERMS, requestedAmountMinor, renewsLoanId });
    const reasonsOf = async (applicationId: string): Promise<unknown> => {
      const { decision, drawdown } = await stage.ask(PARTNER, SHOW_APPLICATION, { applicationId });
      return [...(drawdown?.reasons ?? []), ...(decision?.outcome === 'declined' ? decision.reasons : [])].map(({ code }) => code);
    };
    const refused = async (applicationId: string, code: string): Promise<void> => {
      await stage.reaches(applicationId, 'REJECTED');
      check.equal('why it is not renewed', await reasonsOf(applicationId), [code]);
    };

    step('long before the maturity, and for the loan of another firm');
    await refused(await renew(old), 'RENEWAL_TOO_EARLY');
    const others = { ...applicationOf(late.firm, stage.system.now()), ...TERMS, renewsLoanId: old.loanId };
    const { status, code } = await stage.refusal(PARTNER, SUBMIT_APPLICATION, { applicationId: newId() }, others);
    check.equal('the loan of another firm', [status, code], [422, 'RENEWAL_LOAN_UNKNOWN']);

    step('before the maturity, one of the loans in arrears with its interest');
    await payInterest(scene, old, late);
    const maturesOn = old.dueOn.at(-1)!;
    await stage.moveTo(atMorning(maturesOn, -WEEK_BEFORE));
    await refused(await renew(old, String(BigInt(owedMinor) + 10_000n)), 'RENEWAL_AMOUNT_TOO_HIGH');
    await stage.moveTo(atMorning(maturesOn, -DAYS_BEFORE));
    await refused(await renew(late), 'RENEWAL_IN_ARREARS');

    step('signed while interest to the day is not paid: nothing is booked');
    const unpaid = await renew(old);
    await stage.sign(unpaid);
    await refused(unpaid, 'RENEWAL_INTEREST_UNPAID');
    const before = await loan(old.loanId);
    check.equal('the loan', [before.status, before.outstandingPrincipalMinor, before.renewedByLoanId], ['ACTIVE', owedMinor, null]);

    step('the interest is paid, and the contract is signed again');
    const { debits } = (await stage.sandbox('GET', '/sandbox/counters')) as { debits: Record<string, number> };
    const applicationId = await renew(old);
    await stage.reaches(applicationId, 'OFFERED');
    await payInterestToTheDay(scene, old.loanId);
    const { loanId } = await stage.takeOffer(applicationId);
    const { text } = await stage.ask(PARTNER, SHOW_CONTRACT, { applicationId });
    check.that('the contract says which loan it repays', text.includes('无还本续贷') && text.includes(old.loanId));
    await stage.reaches(old.applicationId, 'SETTLED');
    const [settled, renewed] = [await loan(old.loanId), await loan(loanId)];
    const today = businessDate(stage.system.now());
    check.equal('the loan of before', [settled.status, settled.settledOn, settled.renewedByLoanId, settled.heldMinor], ['SETTLED', today, loanId, '0']);
    check.equal('the new loan', [renewed.status, renewed.disbursedOn, renewed.renewsLoanId, renewed.principalMinor], ['ACTIVE', today, old.loanId, owedMinor]);
    check.equal('payments of the bank since', ((await stage.sandbox('GET', '/sandbox/counters')) as { debits: unknown }).debits, debits);
    for (const [id, kind] of [
      [old.loanId, 'RENEWED'],
      [loanId, 'LOAN_BOOKED'],
    ] as const) {
      const { items } = await stage.ask('demo-auditor', SHOW_JOURNAL, { loanId: id });
      const { lines } = items.find(({ sourceKind }) => sourceKind === kind)!;
      check.equal(`cash in ${kind}`, lines.filter(({ account }) => account === '1002').length, 0);
      check.equal(`principal in ${kind}`, lines.find(({ account }) => account === '1303')?.[kind === 'RENEWED' ? 'creditMinor' : 'debitMinor'], owedMinor);
    }

    step('a loan is renewed once, and the new one is normal');
    await refused(await renew(old), 'RENEWAL_LOAN_NOT_ACTIVE');
    const closed = await afterClose(scene, loanId, today, 1, ({ loanClass, status: stands }) => loanClass === 'NORMAL' && stands === 'ACTIVE');
    check.equal('days past due', closed.dpd, 0);
    alwaysHeld.of(old.applicationId, old.firm, old.loanId);
    alwaysHeld.of(late.applicationId, late.firm, late.loanId);
    alwaysHeld.of(applicationId, old.firm);
  },
};
