import type { SandboxFirm } from '@millrace/client';
import { LIST_PAYOUTS, SHOW_APPLICATION, SHOW_HISTORY, SHOW_LOAN, type AnswerOf, type PAYOUT } from '@millrace/contracts/api';
import { eventually, Stage } from '../src/stage/stage.js';
import { SCENARIO_START } from '../src/stage/staged-system.js';
import { StandaloneSystem } from '../src/stage/standalone-system.js';

// Goal: a partner finds every course of events that the sandbox can play, and each comes about as the list of cases says, with the product's own scorecard.
interface Case {
  readonly caseId: string;
  readonly by: 'firm' | 'request' | 'fault' | 'none';
  readonly how: string | null;
  readonly outcome: string;
  readonly status: string | null;
}
const HOUR_MS = 3_600_000;
const stage = new Stage(new StandaloneSystem({ startAt: SCENARIO_START }));
let cases: ReadonlyMap<string, Case>;

beforeAll(async () => {
  await stage.system.start();
  const { items } = (await stage.sandbox('GET', '/sandbox/cases')) as { items: Case[] };
  cases = new Map(items.map((one) => [one.caseId, one]));
}, 60_000);
afterAll(() => stage.system.stop());

const firmOf = (caseId: string, name = caseId): Promise<SandboxFirm> => stage.firm(`case-${name}`, { case: caseId });
/** Device as a person uses it, one for each firm. */
const device = (fingerprint: string, formFillSeconds = 240) => ({ device: { fingerprint, formFillSeconds } });
const statusOf = async (applicationId: string): Promise<string> => (await stage.ask('demo-partner', SHOW_APPLICATION, { applicationId })).status;

type Payout = AnswerOf<typeof PAYOUT>;
/** The payout of an application whose offer was taken, once it is as asked. */
async function payout(caseId: string, is: (payout: Payout) => boolean): Promise<Payout> {
  const applicationId = await stage.apply(await firmOf(caseId));
  await stage.reaches(applicationId, cases.get(caseId)!.status!);
  await stage.sign(applicationId);
  return eventually(`the payout of ${caseId}`, async () => {
    const { items } = await stage.ask('demo-payment-officer', LIST_PAYOUTS, { applicationId });
    return items[0] !== undefined && is(items[0]) && items[0];
  });
}

test('every case is tried below', () => {
  expect([...cases.keys()].sort()).toEqual([...TRIED, ...SIGNED, ...WAITING, ...REQUESTED].sort());
});

const TRIED = ['approved', 'declined', 'declined_listed', 'review_verification', 'review_approval'];
test.each(TRIED)('a firm of the case %s comes to the status that the list names, whatever is drawn', async (caseId) => {
  for (const name of ['one', 'two', 'three']) {
    const applicationId = await stage.apply(await firmOf(caseId, `${caseId}-${name}`));
    const { decision } = await stage.reaches(applicationId, cases.get(caseId)!.status!);
    if (caseId === 'approved') expect(decision).toMatchObject({ outcome: 'approved', tier: 'T0', amountMinor: '30000000' });
  }
});

const SIGNED = ['payout_refused', 'payout_wrong_holder', 'payout_unknown', 'payout_slow', 'signature_declined'];
test('payout_refused: the bank refuses, and the money is not sent again', async () => {
  expect(await payout('payout_refused', ({ status }) => status === 'FAILED')).toMatchObject({ reasonCode: 'ACCOUNT_FROZEN', sends: 1 });
});

test('payout_wrong_holder: nothing is sent', async () => {
  expect(await payout('payout_wrong_holder', ({ status }) => status === 'FAILED')).toMatchObject({ reasonCode: 'PAYEE_NAME_MISMATCH', sends: 0 });
});

test('payout_unknown: asked about, never sent again', async () => {
  expect(await payout('payout_unknown', ({ status }) => status === 'UNKNOWN')).toMatchObject({ sends: 1 });
});

test('payout_slow: paid after a minute', async () => {
  const applicationId = await stage.apply(await firmOf('payout_slow'));
  await stage.sign(applicationId);
  await eventually('the instruction', async () => (await stage.ask('demo-payment-officer', LIST_PAYOUTS, { applicationId })).items[0]?.sends === 1);
  await stage.pass(3 * 60_000);
  await stage.paid(applicationId);
});

test('signature_declined: the contract stays open', async () => {
  const applicationId = await stage.apply(await firmOf('signature_declined'));
  await stage.sign(applicationId);
  const { items } = await eventually('the refusal of the signature', async () => {
    const history = await stage.ask('demo-auditor', SHOW_HISTORY, { applicationId });
    return history.items.some(({ trigger }) => /Declined/.test(trigger)) && history;
  });
  expect(items.at(-1)?.statusTo).toBe('CONTRACTING');
});

const WAITING = ['tax_later', 'tax_away'];
test('tax_later, tax_away: the bureau is away for these firms alone; the one goes on by itself, the other when its outage ends', async () => {
  const [later, away, other] = [await firmOf('tax_later'), await firmOf('tax_away'), await firmOf('approved', 'beside-tax-away')];
  const [laterId, awayId, otherId] = [await stage.apply(later), await stage.apply(away), await stage.apply(other)];
  await stage.reaches(otherId, 'OFFERED');
  expect([await statusOf(laterId), await statusOf(awayId)]).toEqual(['CHECKING', cases.get('tax_away')!.status]);
  await stage.pass(HOUR_MS);
  await stage.reaches(laterId, cases.get('tax_later')!.status!);
  expect(await statusOf(awayId)).toBe(cases.get('tax_away')!.status);
  await stage.sandbox('PUT', '/sandbox/firms/case-tax_away', { taxAnswersAfterSeconds: 0 });
  await stage.pass(HOUR_MS);
  await stage.reaches(awayId, 'OFFERED');
});

const REQUESTED = ['name_differs', 'form_filled_by_machine', 'device_ring', 'late_payer', 'source_outage', 'supplement'];
test('name_differs, form_filled_by_machine: what the request says decides', async () => {
  const [other, machine] = [await firmOf('approved', 'other-name'), await firmOf('approved', 'machine')];
  const company = { uscc: other.uscc, name: '另一家有限公司', declaredRevenueMinor: other.declaredRevenueMinor, industryCode: other.industryCode };
  const ids = [await stage.apply(other, { company }), await stage.apply(machine, device('machine', 10))];
  await stage.reaches(ids[0]!, cases.get('name_differs')!.status!);
  await stage.reaches(ids[1]!, cases.get('form_filled_by_machine')!.status!);
});

test('T14, device_ring: from the third firm of one device on a person looks, and the fifth is declined', async () => {
  const statuses: string[] = [];
  for (const name of ['1', '2', '3', '4', '5']) {
    const applicationId = await stage.apply(await firmOf('approved', `ring-${name}`), device('one-device'));
    statuses.push(await eventually('a decision', async () => !['CHECKING', 'SCORING'].includes(await statusOf(applicationId)) && statusOf(applicationId)));
  }
  expect(statuses).toEqual(['OFFERED', 'OFFERED', 'ENHANCED_REVIEW', 'ENHANCED_REVIEW', cases.get('device_ring')!.status]);
});

test('source_outage: the verification waits, and goes on when the source is back', async () => {
  await stage.sandbox('PUT', '/sandbox/faults/tax', { kind: 'outage' });
  const applicationId = await stage.apply(await firmOf('approved', 'outage'));
  await eventually('a question to the tax bureau', async () => (await stage.sandbox('GET', '/sandbox/counters')).calls.tax > 0);
  expect(await statusOf(applicationId)).toBe(cases.get('source_outage')!.status);
  await stage.sandbox('DELETE', '/sandbox/faults/tax');
  await stage.pass(HOUR_MS);
  await stage.reaches(applicationId, 'OFFERED');
});

test('late_payer: a loan that nobody pays is due, and overdue from the day after', async () => {
  const { loanId } = await stage.takeOffer(await stage.apply(await firmOf('approved', 'late')));
  const loan = () => stage.ask('demo-partner', SHOW_LOAN, { loanId });
  const { nextDue } = await loan();
  await stage.moveTo(new Date(`${nextDue!.dueOn}T02:00:00Z`));
  expect(await loan()).toMatchObject({ dueMinor: nextDue!.totalMinor, dpd: 0 });
  await stage.pass(24 * HOUR_MS);
  expect((await loan()).dpd).toBe(1);
});
