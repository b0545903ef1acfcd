import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { APPROVER, PARTNER, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { accepted, startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';

// Goal: an approver grants less, or over another time, and never more than the engine proposes and its caps carry (R-UW-04, R-UW-05). Method: the real service.
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

/** An application of 300,000 over 12 months, grade R6: one approver decides on 300,000, and the cash flow carries 323,254.81 over the 12 months. */
async function referred(): Promise<{ applicationId: string; approve: (terms: object) => Promise<Answer> }> {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { grade: 'R6', score: 620 })));
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const approve = (terms: object): Promise<Answer> =>
    hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, APPROVER, { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND', ...terms });
  return { applicationId, approve };
}

test('R-UW-05: less over a longer time: offer, contract and loan have the terms that were approved, with their own price', async () => {
  const { applicationId, approve } = await referred();
  expect((await approve({ amountMinor: '20000000', tenorMonths: 18 })).status).toBe(200);
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`);
  expect(body).toMatchObject({ tenorMonths: 12, decision: { amountMinor: '20000000' }, offer: { amountMinor: '20000000', tenorMonths: 18 } });
  expect(body.offer.costSheet.schedule).toHaveLength(18);
  const { contractSha256 } = await accepted(hub, applicationId);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  const order = (await hub.events(applicationId)).find(({ type }) => type === 'disbursement-requested');
  if (order) expect(order.payload).toMatchObject({ amountMinor: '20000000', tenorMonths: 18 });
  const { rows } = await hub.pool.query(`select decision ->> 'tenorMonths' as tenor from application where application_id = $1`, [applicationId]);
  expect(rows).toEqual([{ tenor: '18' }]);
});

test.each<[string, object, number, string]>([
  ['a fen above the proposal', { amountMinor: '30000001' }, 409, 'TERMS_NOT_POSSIBLE'],
  ['below the product', { amountMinor: '999999' }, 409, 'TERMS_NOT_POSSIBLE'],
  ['longer than the product', { tenorMonths: 60 }, 409, 'TERMS_NOT_POSSIBLE'],
  ['a time that the cash flow does not carry', { tenorMonths: 11 }, 409, 'TERMS_NOT_POSSIBLE'],
  ['no amount at all', { amountMinor: '0' }, 400, 'VALIDATION_FAILED'],
])('R-UW-04: %s is refused, and nothing is decided', async (_name, terms, status, code) => {
  const { applicationId, approve } = await referred();
  expect(await approve(terms)).toMatchObject({ status, body: { code } });
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  // 323,254.81 over 12 months is 296,316.90 over 11.
  if ('tenorMonths' in terms && terms.tenorMonths === 11) expect((await approve({ tenorMonths: 11, amountMinor: '29631690' })).status).toBe(200);
});

test('terms with a refusal are refused', async () => {
  const { approve } = await referred();
  expect(await approve({ decision: 'reject', reasonCode: 'AFFORDABILITY', amountMinor: '20000000' })).toMatchObject({
    status: 409,
    body: { code: 'TERMS_NOT_POSSIBLE' },
  });
});
