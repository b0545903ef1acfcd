import { newId, RefundAnswered, RefundOrdered } from '@millrace/contracts';
import type { TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub } from '../../test/hub.js';

// Goal: money in suspense that is given back reaches the bank with the policy of the day, and what became of it reaches the books (R-DB-08, M-RF-01). Method: the real hub.
const esign = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

test('an order is carried with all that the books say, and its outcomes are carried back', async () => {
  const lineId = newId();
  const about = { storyId: lineId, lineId, refundId: newId() };
  const order = { ...about, tenantId: 't1', amountMinor: '700000', currency: 'CNY' };
  await hub.deliver(new RefundOrdered(order));
  const outcomes = [
    { ...about, outcome: 'unknown' },
    { ...about, outcome: 'refused', reasonCode: 'ACCOUNT_CLOSED' },
    { ...about, outcome: 'refunded', bankReference: 'RF-1', refundedOn: '2026-03-04' },
  ] as const;
  for (const outcome of outcomes) await hub.deliver(new RefundAnswered(outcome));
  // Under another event id the same order is carried again; disbursement and the books know it by the id of the refund.
  const carried = [...new Set((await hub.events(lineId)).map(({ type, payload }) => JSON.stringify([type, payload])))].map((text) => JSON.parse(text));
  expect(carried).toEqual([
    ['refund-requested', { ...order, policyVersion: expect.stringMatching(/^online_microloan\.v\d+$/) }],
    ...outcomes.map((outcome) => ['refund-told', outcome]),
  ]);
});
