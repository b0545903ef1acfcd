import { policyInForce } from '@millrace/policy';
import { makeOffer, offerRulesOf, percentOfBps, type OfferRules, type OfferTerms } from './make-offer.js';

const policy = policyInForce('online_microloan', '2026-03-02');
const now = new Date('2026-03-02T01:00:00Z');
const terms: OfferTerms = {
  amountMinor: 30_000_000n,
  rateBps: 635,
  tenorMonths: 12,
  repaymentMethod: 'equal_instalment',
  lenderName: 'Millrace Lending',
  scoredAt: now,
  product: { minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic', fees: [] },
};

test('S01: 300,000 at 6.35% is 6.54% effective, 11 × 25,868.22 + 25,868.17, interest 10,418.59', () => {
  const { offer, overCap } = makeOffer(terms, policy, now);
  expect(overCap).toBe(false);
  expect(offer).toMatchObject({ rateBps: 635, effectiveAnnualRateBps: 654, amountMinor: '30000000' });
  expect(offer.costSheet.schedule.map((row) => row.totalMinor)).toEqual([...Array<string>(11).fill('2586822'), '2586817']);
  expect(offer.costSheet).toMatchObject({
    totalCostMinor: '1041859',
    receivedMinor: '30000000',
    items: [{ item: 'interest', payee: 'Millrace Lending', totalMinor: '1041859' }],
  });
  expect(offer.expiresAt.toISOString()).toBe('2026-04-01T01:00:00.000Z');
});

test('M-AP-07: an offer does not outlive the score that it rests on', () => {
  const scoredAt = new Date('2026-02-10T01:00:00Z');
  expect(makeOffer({ ...terms, scoredAt }, policy, now).offer.expiresAt.toISOString()).toBe('2026-03-12T01:00:00.000Z');
});

test('S07: 190,000 at 6.85% over 12 months asks 16,426.95 a month', () => {
  const { offer } = makeOffer({ ...terms, amountMinor: 19_000_000n, rateBps: 685 }, policy, now);
  expect(offer.costSheet.instalmentMinor).toBe('1642695');
});

const guarantee = { item: 'guarantee_fee', payee: 'guarantor', standard: '2.5% of the principal, once', bps: 250, when: 'upfront' as const };
const withFee: OfferTerms = { ...terms, rateBps: 720, product: { ...terms.product, fees: [guarantee] } };
const capped = (capTest: 'effective' | 'nominal'): OfferRules => ({ deadlines: policy.deadlines, cost: { allInCapBps: 1200, capTest } });

test('B3, G-PR-03: 7.2% with a 2.5% fee is 12.66% effective and blocked by a cap of 12%; by nominal 11.98% it passes', () => {
  const effective = makeOffer(withFee, capped('effective'), now);
  expect(effective.overCap).toBe(true);
  expect(effective.offer.costSheet.cap).toEqual({ bps: 1200, method: 'effective', testedBps: 1266.15 });
  expect(makeOffer(withFee, capped('nominal'), now).overCap).toBe(false);
  expect(makeOffer(withFee, policy, now).overCap).toBe(false);
});

test('basis points become per cent exactly', () => {
  expect([5, 35, 635, 720, 2400].map(percentOfBps)).toEqual(['0.05', '0.35', '6.35', '7.20', '24.00']);
});

test('G-PR-03, G-IL-14: the time of an offer is what its application was made under, the cap that of the licence on the day of the offer', () => {
  expect(offerRulesOf('online_microloan.v0', now)).toEqual({ deadlines: policy.deadlines, cost: policy.cost });
  expect(() => offerRulesOf('online_microloan.v0', new Date('2015-12-31T00:00:00Z'))).toThrow('there is no policy release for online_microloan on 2015-12-31');
});
