import { SHOW_LOAN, SHOW_SCHEDULE, type AnswerOf, type LOAN } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario, Scene } from './scenario.js';

type Loan = AnswerOf<typeof LOAN>;
const DAY_MS = 86_400_000;
const PAID_BEFORE = 2;
/** 10:00 in Shanghai, long after the cut-off of the day before. */
const HOUR_MS = 2 * 3_600_000;

export const atMorning = (dueOn: string, days: number): Date => new Date(Date.parse(dueOn) + days * DAY_MS + HOUR_MS);

/** A loan of which the first two instalments are paid in time, and the third is not. */
export async function lateLoan(
  { stage }: Scene,
  firmId: string,
  seed: number,
): Promise<{ applicationId: string; loanId: string; dueOn: string; firm: Awaited<ReturnType<Scene['stage']['firm']>> }> {
  const firm = await stage.firm(firmId, { ...S01_FIRM, seed });
  const applicationId = await stage.apply(firm);
  const { loanId } = await stage.takeOffer(applicationId);
  const { items: rows } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
  for (const { dueOn, totalMinor } of rows.slice(0, PAID_BEFORE)) {
    await stage.moveTo(atMorning(dueOn, 0));
    await stage.repay(loanId, totalMinor, dueOn);
  }
  return { applicationId, loanId, dueOn: rows[PAID_BEFORE]!.dueOn, firm };
}

/** The loan as the close of a day has left it, looked at on the morning after. */
export async function afterClose({ stage }: Scene, loanId: string, dueOn: string, dpd: number, is: (loan: Loan) => boolean): Promise<Loan> {
  await stage.moveTo(atMorning(dueOn, dpd + 1));
  return eventually(`the close of the day ${dpd} after the due date`, async () => {
    const loan = await stage.ask('demo-risk-officer', SHOW_LOAN, { loanId });
    return is(loan) && loan;
  });
}

/** Days past due with the class that the close of the day gives; the bucket is that of the days past due on the morning after. */
const CLASSES = [
  [1, 'SPECIAL_MENTION'],
  [90, 'SPECIAL_MENTION'],
  [91, 'SUBSTANDARD'],
  [270, 'SUBSTANDARD'],
  [271, 'DOUBTFUL'],
  [360, 'DOUBTFUL'],
  [361, 'LOSS'],
] as const;

/** Instalment 3 stays unpaid: the loan goes through the buckets and the five classes, each on its day. */
export const S17_ROLL: Scenario = {
  id: 'S17.roll',
  title: 'Overdue: bucket by bucket, class by class',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's17roll', 117);
    for (const [dpd, loanClass] of CLASSES) {
      step(`${dpd} days past due`);
      const loan = await afterClose(scene, loanId, dueOn, dpd, (seen) => seen.loanClass === loanClass);
      check.equal('the class and the status', [loan.loanClass, loan.status], [loanClass, 'OVERDUE']);
      const today = dpd + 1;
      check.equal('days past due and bucket', [loan.dpd, loan.bucket], [today, today > 180 ? 'M7+' : `M${Math.ceil(today / 30)}`]);
      const { loanClass: told, status } = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
      check.equal('the class and the status that the partner is told', [told, status], [null, 'OVERDUE']);
    }
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** All that is late is paid 40 days after the due date, with what lateness costs: the loan is normal again. */
export const S17_CURED: Scenario = {
  id: 'S17.cured',
  title: 'Overdue, and paid in full after 40 days',
  scorecard: 'vector',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, loanId, dueOn, firm } = await lateLoan(scene, 's17cured', 118);
    step('29 days past due');
    await afterClose(scene, loanId, dueOn, 28, ({ loanClass }) => loanClass === 'SPECIAL_MENTION');
    const { items: rows } = await stage.ask('demo-partner', SHOW_SCHEDULE, { loanId });
    const { principalMinor, interestMinor } = rows[PAID_BEFORE]!;
    const late = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    // 6.35% raised by 40% for 29 days of 360 (G-PR-07), rounded half up to the fen.
    const charge = (minor: string): string => String((BigInt(minor) * 635n * 14n * 29n * 2n + 36_000_000n) / 72_000_000n);
    check.equal('penalty and compound interest', [late.penaltyMinor, late.compoundMinor], [charge(principalMinor), charge(interestMinor)]);

    step('paid after 40 days');
    await afterClose(scene, loanId, dueOn, 39, ({ loanClass }) => loanClass === 'SPECIAL_MENTION');
    const { dueMinor, status } = await stage.ask('demo-partner', SHOW_LOAN, { loanId });
    check.equal('the status before it is paid', status, 'OVERDUE');
    await stage.repay(loanId, dueMinor, stage.system.now().toISOString().slice(0, 10));
    const cured = await stage.ask('demo-risk-officer', SHOW_LOAN, { loanId });
    check.equal('days past due, dues, class and status', [cured.dpd, cured.dueMinor, cured.loanClass, cured.status], [0, '0', 'NORMAL', 'ACTIVE']);
    await stage.reaches(applicationId, 'ACTIVE');
    alwaysHeld.of(applicationId, firm, loanId);
  },
};
